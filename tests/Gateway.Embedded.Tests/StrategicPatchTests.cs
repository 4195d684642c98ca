using Gateway.Embedded.Api.Patching;
using Gateway.Embedded.Schema;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests;

public sealed class StrategicPatchTests
{
    private const string PodSpec = """{"containers":[{"name":"a","image":"x","env":[{"name":"K","value":"1"}]},{"name":"b","image":"y"}],"volumes":[{"name":"v","emptyDir":{}}]}""";

    [Theory]
    [InlineData("""{"containers":[{"name":"b","image":"z"}]}""", "/containers/1/image", "z")]
    [InlineData("""{"containers":[{"name":"b","image":"z"}]}""", "/containers/0/image", "x")]
    [InlineData("""{"containers":[{"name":"a","env":[{"name":"L","value":"2"}]}]}""", "/containers/0/env/1/name", "L")]
    [InlineData("""{"containers":[{"name":"a","$patch":"delete"}]}""", "/containers/0/name", "b")]
    [InlineData("""{"containers":[{"$patch":"replace"},{"name":"c","image":"z"}]}""", "/containers/0/name", "c")]
    [InlineData("""{"volumes":[{"name":"v","$retainKeys":["name","hostPath"],"hostPath":{"path":"/x"}}]}""", "/volumes/0/emptyDir", null)]
    [InlineData("""{"containers":[{"name":"a","image":null}]}""", "/containers/0/image", null)]
    [InlineData("""{"tolerations":[{"key":"x"}]}""", "/tolerations/0/key", "x")]
    public void Patch_OfAPodSpec_MergesListsByTheirKeys(string patch, string path, string? expected)
    {
        var patched = StrategicMergePatch.Apply(Parse(PodSpec), Parse(patch), TypeSchema.Find("PodSpec"));
        Assert.Equal(expected, new Answer(200, patched.ToJsonString()).At(path[1..]));
    }

    [Fact]
    public void Patch_OfFinalizers_AddsAndRemovesSingleOnes()
    {
        var target = Parse("""{"finalizers":["a/a","b/b"]}""");
        var patched = StrategicMergePatch.Apply(target, Parse("""{"finalizers":["c/c"],"$deleteFromPrimitiveList/finalizers":["a/a"]}"""), TypeSchema.Find("ObjectMeta"));
        Assert.Equal("""["b/b","c/c"]""", patched["finalizers"]!.ToJsonString());
    }
}
