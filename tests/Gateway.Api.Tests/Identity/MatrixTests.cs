using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Xunit;

namespace Gateway.Api.Tests.Identity;

/// <summary>Every kind of caller on every route: its exact answer.</summary>
public sealed class MatrixTests(SecuredGateway gateway) : IClassFixture<SecuredGateway>
{
    private const string Unauthenticated = "401 UNAUTHENTICATED";
    private const string Forbidden = "403 FORBIDDEN";
    private const string NoProject = "404 PROJECT_NOT_FOUND";

    private static readonly string[] Routes = ["submit", "submit build", "try", "list", "get", "get build", "manifest", "delete", "delete build", "values", "logs", "events", "suspend", "resume", "batch", "batch-delete", "projects", "project", "me"];

    private static readonly Dictionary<string, string[]> Answers = new()
    {
        ["none"] = All(Unauthenticated),
        ["garbage"] = All(Unauthenticated),
        ["wrong audience"] = All(Unauthenticated),
        ["person, expired"] = All(Unauthenticated),
        ["person, wrong audience"] = All(Unauthenticated),
        ["person, unknown issuer"] = All(Unauthenticated),
        ["person, forged"] = All(Unauthenticated),
        ["person, nameless"] = All(Unauthenticated),
        ["stranger"] = [.. Enumerable.Repeat(NoProject, 16), "200", NoProject, "200"],
        ["neighbour"] = [.. Enumerable.Repeat(NoProject, 16), "200", NoProject, "200"],
        ["person who is a stranger"] = [.. Enumerable.Repeat(NoProject, 16), "200", NoProject, "200"],
        ["reader"] = [Forbidden, Forbidden, Forbidden, "200", "200", "200", "200", Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, "200", "200", "200"],
        ["person who reads"] = [Forbidden, Forbidden, Forbidden, "200", "200", "200", "200", Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, "200", "200", "200"],
        ["train-reader"] = [Forbidden, Forbidden, Forbidden, "200", "200", "404 WORKLOAD_NOT_FOUND", "200", Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, "200", "200", "200"],
        ["creator"] = ["201", "201", "200", Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, Forbidden, "201", Forbidden, "200", "200", "200"],
        ["submitter"] = ["201", "201", "200", "200", "200", "200", "200", "202", "202", "200", Forbidden, Forbidden, "202", "200", "201", "202", "200", "200", "200"],
        ["person of the group that submits"] = ["201", "201", "200", "200", "200", "200", "200", "202", "202", "200", Forbidden, Forbidden, "202", "200", "201", "202", "200", "200", "200"],
        ["admin"] = ["201", "201", "200", "200", "200", "200", "200", "202", "202", "200", "406 NOT_ACCEPTABLE", "200", "202", "200", "201", "202", "200", "200", "200"],
    };

    public static TheoryData<string, string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string, string>();
            foreach (var (caller, answers) in Answers)
            {
                foreach (var (route, answer) in Routes.Zip(answers))
                    cells.Add(caller, route, answer);
            }
            return cells;
        }
    }

    // The cluster's own clock decides: only that of the embedded one goes as a test likes.
    [EmbeddedFact("lets a token expire")]
    public async Task AnyRoute_WithAnExpiredToken_IsRefused()
    {
        foreach (var route in Routes)
            await Route_ByCaller_AnswersAsItShould("expired", route, Unauthenticated);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Route_ByCaller_AnswersAsItShould(string caller, string route, string expected)
    {
        const string Workloads = "/projects/team-a/workloads";
        var name = $"w{Guid.NewGuid():N}"[..20];
        var body = route.EndsWith("build", StringComparison.Ordinal) ? GatewayHost.Build(name) : GatewayHost.Train(name);
        if (route.Split(' ')[0] is "get" or "manifest" or "delete" or "values" or "logs" or "events" or "suspend" or "resume" or "batch-delete")
            Assert.Equal(201, (int)(await gateway.SendAsync("admin", "POST", Workloads, body)).StatusCode);

        var response = route.Split(' ')[0] switch
        {
            "submit" => await gateway.SendAsync(caller, "POST", Workloads, body),
            "try" => await gateway.SendAsync(caller, "POST", $"{Workloads}?dryRun=true", body),
            "list" => await gateway.SendAsync(caller, "GET", Workloads),
            "get" => await gateway.SendAsync(caller, "GET", $"{Workloads}/{name}"),
            "manifest" => await gateway.SendAsync(caller, "GET", $"{Workloads}/{name}/manifest"),
            "values" => await gateway.SendAsync(caller, "GET", $"{Workloads}/{name}/manifest?values=true"),
            "delete" => await gateway.SendAsync(caller, "DELETE", $"{Workloads}/{name}"),
            "logs" => await gateway.SendAsync(caller, "GET", $"{Workloads}/{name}/logs"),
            "events" => await gateway.SendAsync(caller, "GET", $"{Workloads}/{name}/events"),
            "suspend" or "resume" => await gateway.SendAsync(caller, "POST", $"{Workloads}/{name}/{route}"),
            "batch" => await gateway.SendAsync(caller, "POST", $"{Workloads}/batch", new JsonObject { ["mode"] = "bestEffort", ["items"] = new JsonArray(body) }),
            "batch-delete" => await gateway.SendAsync(caller, "POST", $"{Workloads}/batch-delete", new JsonObject { ["names"] = new JsonArray(name) }),
            "projects" => await gateway.SendAsync(caller, "GET", "/projects"),
            "project" => await gateway.SendAsync(caller, "GET", "/projects/team-a"),
            _ => await gateway.SendAsync(caller, "GET", "/me"),
        };

        Assert.Equal(expected, await AnswerAsync(route, response));
        Assert.Equal(response.StatusCode == System.Net.HttpStatusCode.Unauthorized, response.Headers.WwwAuthenticate.Count > 0);
    }

    // Of several at once, what became of the first.
    private static async Task<string> AnswerAsync(string route, HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode && !route.StartsWith("batch", StringComparison.Ordinal))
            return $"{(int)response.StatusCode}";
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return response.IsSuccessStatusCode ? $"{answer["items"]![0]!["status"]} {answer["items"]![0]!["problem"]?["code"]}".TrimEnd() : $"{(int)response.StatusCode} {answer["code"]}";
    }

    private static string[] All(string answer) => [.. Enumerable.Repeat(answer, Routes.Length)];
}
