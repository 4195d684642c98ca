using System.Text;
using Gateway.Core.Workloads;
using Xunit;

namespace Gateway.Core.Tests.Workloads;

public sealed class JsonValuesTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("1", 1)]
    [InlineData("{}", 1)]
    [InlineData("""{"a": null, "b": [true, "x", {}]}""", 6)]
    [InlineData("[1, 2, 3", 4)]
    [InlineData("[1, 2, x, 3]", 3)]
    [InlineData("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]", 11)]
    public void Values_OfADocument_AreCountedUntilItEndsOrThereAreTooMany(string json, int count) =>
        Assert.Equal(count, JsonValues.Count(Encoding.UTF8.GetBytes(json), most: 10));

    [Theory]
    [InlineData("""{"args": ["a", "b"], "env": [{"name": "a"}]}""", 1, "")]
    [InlineData("""{"args": ["a", "b"], "env": [{"name": "a"}]}""", 2, "")]
    [InlineData("""{"args": ["a", "b"], "env": [{"name": "a"}]}""", 4, "args")]
    [InlineData("""{"args": ["a", "b"], "env": [{"name": "a"}]}""", 5, "")]
    [InlineData("""{"args": ["a", "b"], "env": [{"name": "a"}]}""", 6, "env")]
    [InlineData("""{"a": {"b": [[{"c": {}}]]}}""", 6, "a.b")]
    [InlineData("""{"a": {"b": [[{"c": [1]}]]}}""", 7, "a.b.c")]
    public void Path_AroundAValue_NamesTheListOrObjectThatHasIt(string json, int number, string path) =>
        Assert.Equal(path, JsonValues.PathAround(Encoding.UTF8.GetBytes(json), number));
}
