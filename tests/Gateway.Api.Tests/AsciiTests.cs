using System.Text.RegularExpressions;
using Xunit;

namespace Gateway.Api.Tests;

/// <summary>
/// Where text is parsed, letters and digits are those of ASCII: numbers, names and times of Kubernetes have no others,
/// and what takes those of every script hands them to parsers that do not. src/BannedSymbols.Ascii.txt bans it in code.
/// </summary>
public sealed partial class AsciiTests
{
    private static IEnumerable<string> Sources => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"));

    [Fact]
    public void Patterns_OfTheSource_TakeNoDigitsAndLettersOfOtherScripts() => Assert.Empty(
        from file in Sources
        from line in File.ReadLines(file)
        where OfEveryScript().IsMatch(line)
        select $"{Path.GetFileName(file)}: {line.Trim()}");

    // Two characters of other scripts are a k and an s where case is ignored: ſ and the sign of Kelvin.
    [Fact]
    public void Patterns_OfTheSource_IgnoreCaseOnlyInPlainText() => Assert.Equal(
        ["ClusterText.cs"],
        from file in Sources
        where File.ReadAllText(file).Contains("RegexOptions.IgnoreCase", StringComparison.Ordinal)
        select Path.GetFileName(file));

    [Fact]
    public void Projects_OfTheSource_BanWhatTakesLettersOfOtherScripts() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories),
        project =>
        {
            var text = File.ReadAllText(project);
            Assert.Contains("BannedSymbols.Ascii.txt", text, StringComparison.Ordinal);
            Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", text, StringComparison.Ordinal);
        });

    [GeneratedRegex(@"\\[dDwWpP]")]
    private static partial Regex OfEveryScript();
}
