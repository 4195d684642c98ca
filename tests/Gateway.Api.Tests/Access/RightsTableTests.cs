using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Xunit;

namespace Gateway.Api.Tests.Access;

/// <summary>Every right in the table of docs/authentication.md is needed, and with those of its request nothing else is.</summary>
public sealed class RightsTableTests(RightsTableTests.Stage stage) : IClassFixture<RightsTableTests.Stage>
{
    private const string AnyOf = "one of ";
    private const string Shown = "shown";
    private const string Workloads = "/projects/team-a/workloads";

    private static readonly string[] Types = ["train", "build"];

    private static readonly IReadOnlyList<NeededRight> Table = [.. NeededRight.Table.Where(row => !row.Right.StartsWith(AnyOf, StringComparison.Ordinal))];

    public static TheoryData<string, string, string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string, string, string>();
            foreach (var (row, type) in Table.SelectMany(row => Types.Select(type => (row, type))))
                rows.Add(row.Request, row.With, type, row.On(type), row.Without);
            return rows;
        }
    }

    public static TheoryData<string, string, string> Requests
    {
        get
        {
            var requests = new TheoryData<string, string, string>();
            foreach (var ((request, with), type) in Table.Select(row => (row.Request, row.With)).Distinct().SelectMany(asked => Types.Select(type => (asked, type))))
                requests.Add(request, with, type);
            return requests;
        }
    }

    [EmbeddedTheory("a right counts at once")]
    [MemberData(nameof(Rows))]
    public async Task Request_WithoutOneRight_EndsAsThePageSays(string request, string with, string type, string right, string without)
    {
        var all = Table.SelectMany(row => Types.Select(row.On)).Distinct();

        Assert.Equal(without, await OutcomeAsync(all.Except([right]), request, with, type));
    }

    [EmbeddedTheory("a right counts at once")]
    [MemberData(nameof(Requests))]
    public async Task Request_WithItsRightsAlone_IsAnswered(string request, string with, string type)
    {
        // That there is the project takes one of some rights.
        var needed = Table.Where(row => row.Holds(request, with)).Select(row => row.On(type)).Append($"create {(type == "train" ? "jobs" : "statefulsets")}");

        Assert.Equal(Shown, await OutcomeAsync(needed.Distinct(), request, with, type));
    }

    [EmbeddedTheory("a right counts at once")]
    [InlineData("200", "get jobs")]
    [InlineData("200", "list jobs")]
    [InlineData("200", "create jobs")]
    [InlineData("200", "get statefulsets")]
    [InlineData("200", "list statefulsets")]
    [InlineData("200", "create statefulsets")]
    [InlineData("404", "delete jobs", "patch jobs", "update jobs", "watch jobs", "list pods", "list events", "get pods/log", "create services", "create ingresses", "create persistentvolumeclaims")]
    public async Task Project_TakesOneRightOnWorkloads(string expected, params string[] rights)
    {
        var token = await stage.Host.InviteAsync(rights);

        Assert.Equal(expected, $"{(int)(await stage.Host.SendAsync(token, "GET", "/projects/team-a")).StatusCode}");
        var shown = JsonNode.Parse(await (await stage.Host.SendAsync(token, "GET", "/projects")).Content.ReadAsStringAsync())!["items"]!.AsArray();
        Assert.Equal(expected == "200", shown.Any(project => (string?)project!["name"] == "team-a"));
    }

    [Fact]
    public void Table_HasEveryRoute()
    {
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "openapi.json")))!;
        var routes = from path in document["paths"]!.AsObject()
                     from method in path.Value!.AsObject()
                     select $"{method.Key.ToUpperInvariant()} {path.Key.Replace("/projects/{project}/", "…/", StringComparison.Ordinal)}";

        Assert.Equal(routes.Order(StringComparer.Ordinal), NeededRight.Table.Select(row => row.Request).Distinct().Order(StringComparer.Ordinal));
    }

    private async Task<string> OutcomeAsync(IEnumerable<string> rights, string request, string with, string type)
    {
        var (token, name) = (await stage.Host.InviteAsync(rights), $"w{Guid.NewGuid():N}"[..20]);
        var (method, route) = (request.Split(' ')[0], request.Split(' ')[1]);
        var submission = Submission(name, type, with);
        var uid = request is "POST …/workloads" or "POST …/workloads/batch" ? "" : await MadeAsync(submission);
        var query = with switch { "values=true" => "?values=true", "force=true" => $"?force=true&uid={uid}", "filter" => "?dryRun=true", _ => "" };
        var path = route.Replace("…/workloads", Workloads, StringComparison.Ordinal).Replace("{name}", name, StringComparison.Ordinal) + query;
        var answer = await stage.Host.SendAsync(token, method, path, BodyOf(request, with, name, submission), accept: route.EndsWith("/logs", StringComparison.Ordinal) ? "text/plain" : null);
        return Outcome(route, name, answer, await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> MadeAsync(JsonObject submission) =>
        (string)(await (await stage.Host.SendAsync(stage.Host.AdminToken, "POST", Workloads, submission)).BodyAsync(HttpStatusCode.Created))["uid"]!;

    private static JsonObject Submission(string name, string type, string with)
    {
        var body = type == "train" ? GatewayHost.Train(name) : GatewayHost.Build(name);
        if (with == "newClaim")
            body["volumes"] = new JsonArray(new JsonObject { ["mountPath"] = "/data", ["newClaim"] = new JsonObject { ["size"] = "1Gi", ["ephemeral"] = true } });
        if (with.StartsWith("expose", StringComparison.Ordinal))
            (body["ports"], body["expose"]) = (new JsonArray(new JsonObject { ["port"] = 8888 }), with == "expose" ? "ClusterIP" : "Ingress");
        return body;
    }

    private static JsonObject? BodyOf(string request, string with, string name, JsonObject submission) => request switch
    {
        "POST …/workloads" => submission,
        "POST …/workloads/batch" => new() { ["mode"] = "bestEffort", ["items"] = new JsonArray(submission) },
        "POST …/workloads/batch-delete" when with == "filter" => new() { ["filter"] = new JsonObject { ["search"] = name } },
        "POST …/workloads/batch-delete" => new() { ["names"] = new JsonArray(name) },
        _ => null,
    };

    private static string Outcome(string route, string name, HttpResponseMessage answer, string text)
    {
        // That there is no log yet is an answer too.
        if (!answer.IsSuccessStatusCode && !(answer.StatusCode == HttpStatusCode.Conflict && route.EndsWith("/logs", StringComparison.Ordinal)))
            return $"{(int)answer.StatusCode}";
        if (answer.Content.Headers.ContentType?.MediaType != "application/json" || route.EndsWith("/events", StringComparison.Ordinal))
            return Shown;
        var json = JsonNode.Parse(text)!;
        var shown = json["items"] is JsonArray items ? items.FirstOrDefault(item => (string?)(item!["workload"]?["name"] ?? item["name"] ?? name) == name) : json;
        return shown is null ? "not in the list"
            : shown["problem"] is { } problem ? $"{problem["status"]}"
            : shown["phase"] is not null && shown["pods"] is null ? "left out"
            : Shown;
    }

    /// <summary>The gateway of these tests, in whose projects ports can be exposed by Ingress.</summary>
    public sealed class Stage : IAsyncLifetime
    {
        internal GatewayHost Host { get; } = new() { Settings = new() { ["Ingress:HostTemplate"] = "{name}.{project}.example.org", ["RateLimits:Caller:PerSecond"] = "0", ["RateLimits:Project:PerSecond"] = "0" } };

        public Task InitializeAsync() => Host.InitializeAsync();

        public Task DisposeAsync() => ((IAsyncLifetime)Host).DisposeAsync();
    }
}
