using Gateway.Chart.Tests.Rendering;
using Gateway.Chart.Tests.Setups;
using Xunit;

namespace Gateway.Chart.Tests.Releases;

/// <summary>What an installation ends with: rendered by a template that includes it, since only an installation shows it.</summary>
public sealed class NotesTests
{
    [ChartFact]
    public async Task Notes_SayWhatNext()
    {
        var notes = await NotesAsync(Setup.Values("two-projects"));

        Assert.Contains("kubectl create rolebinding gateway-project -n NAMESPACE --clusterrole=gateway-project --serviceaccount=NAMESPACE:workload-gateway", notes, StringComparison.Ordinal);
        Assert.Contains("--audience=workload-gateway", notes, StringComparison.Ordinal);
        Assert.Contains("team-b (runai-team-b)", notes, StringComparison.Ordinal);
        Assert.Contains("helm test gateway -n workload-gateway", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("CAUTION", notes, StringComparison.Ordinal);
    }

    [ChartFact]
    public async Task Notes_WarnOfAnonymousCallers()
    {
        var notes = await NotesAsync("settings: {Authentication: {Mode: Anonymous}}");

        Assert.Contains("CAUTION", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("helm test", notes, StringComparison.Ordinal);
    }

    private static async Task<string> NotesAsync(string values)
    {
        var copy = Directory.CreateTempSubdirectory("chart-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(Repository.Chart, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(copy.FullName, Path.GetRelativePath(Repository.Chart, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
            await File.WriteAllTextAsync(Path.Combine(copy.FullName, "templates", "notes.yaml"), "{kind: Notes, text: {{ include \"gateway/templates/NOTES.txt\" . | quote }}}");
            return (string)(await Renderer.RenderAsync(values, chart: copy.FullName)).One("Notes").Content["text"]!;
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }
}
