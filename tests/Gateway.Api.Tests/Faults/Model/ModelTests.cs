using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Gateway.Api.Tests.Clusters;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Faults.Model;

/// <summary>
/// Stories of submitting, reading, deleting, suspending and resuming, while calls to the cluster fail, against the contract in a few
/// lines. The same stories each time; GATEWAY_TEST_STORIES says how many others, made by chance.
/// </summary>
public sealed class ModelTests : IAsyncLifetime, IAsyncDisposable
{
    private const int Stories = 25;
    private const ulong Seed = 20260101;

    private readonly GatewayHost _gateway = new() { Embedded = new() { MakesPods = false }, Settings = new() { ["RateLimits:Caller:PerSecond"] = "0", ["RateLimits:Project:PerSecond"] = "0" } };
    private int _next;

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)_gateway).DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _gateway.DisposeAsync();

    [EmbeddedFact("breaks calls on purpose")]
    public async Task Story_WhateverFails_GoesAsTheContractSays()
    {
        if (Environment.GetEnvironmentVariable("GATEWAY_TEST_STORIES") is { } times)
            await Step.Story.SampleAsync(TellAsync, iter: long.Parse(times, CultureInfo.InvariantCulture), threads: 1);
        for (var story = 0U; story < Stories; story++)
            await TellAsync(Step.Story.Generate(new PCG(story, Seed), null, out _));
    }

    private async Task TellAsync(List<Step> story)
    {
        var first = Interlocked.Add(ref _next, 2);
        var (held, uids) = (new Held?[2], new string?[2]);
        foreach (var (step, number) in story.Select((step, number) => (step, number)))
        {
            var name = $"w-{first + step.Name}";
            if (step.Fault is { } kind)
                _gateway.Faults.Add(new() { Kind = kind, Times = step.Times, Namespace = _gateway.Space, RetryAfterSeconds = 0, Bytes = 20 });
            using var answer = await SendAsync(step, name);
            _gateway.Faults.Clear();
            var text = await answer.Content.ReadAsStringAsync();
            var (actual, uid) = await LookAsync(name, step, held[step.Name]);
            var (status, after) = Held.Expect(held[step.Name], step);
            var allowed = Allowed((int)answer.StatusCode, text, status, held[step.Name], after);
            Assert.True(allowed.Contains(actual), $"step {number} of {string.Join("; ", story)}: {text}; there is {actual}, and there was {held[step.Name]}");
            Assert.True(actual is null || held[step.Name] is null || uid == uids[step.Name], $"step {number} of {string.Join("; ", story)}: made anew");
            (held[step.Name], uids[step.Name]) = (actual, uid);
        }
    }

    // What may be there after such an answer: nothing where the contract does not allow it.
    private static Held?[] Allowed(int answered, string text, int status, Held? before, Held? after)
    {
        var problem = answered < 300 ? null : JsonNode.Parse(text)!;
        if (answered == status || (answered is 200 or 202 && status is 200 or 202))
            return [after];
        return !(bool)(problem?["retryable"] ?? false) ? [] : (string?)problem!["outcome"] switch
        {
            "unknown" => [before, after],
            "done" => [after],
            _ => [before],
        };
    }

    private Task<HttpResponseMessage> SendAsync(Step step, string name) => step.Ask switch
    {
        Ask.Submit => _gateway.SubmitAsync(Submission(name, step.Body), key: step.Key == 0 ? null : $"key-{step.Key}"),
        Ask.Get => _gateway.Http.GetAsync($"/projects/team-a/workloads/{name}"),
        Ask.Delete => _gateway.Http.DeleteAsync($"/projects/team-a/workloads/{name}?wait=30s"),
        _ => _gateway.Http.PostAsync($"/projects/team-a/workloads/{name}/{(step.Ask == Ask.Suspend ? "suspend" : "resume")}", null),
    };

    private static JsonObject Submission(string name, int body)
    {
        var submission = GatewayHost.Train(name);
        submission["args"] = new JsonArray($"{body}");
        return submission;
    }

    // Once what is being deleted is gone. The key is not on it as it was sent: whose it is the next step tells.
    private async Task<(Held? Held, string? Uid)> LookAsync(string name, Step step, Held? before)
    {
        V1Job? job = null;
        await GatewayHost.UntilAsync(async () =>
        {
            job = (await _gateway.Cluster.BatchV1.ListNamespacedJobAsync(_gateway.Space, fieldSelector: $"metadata.name={name}")).Items.SingleOrDefault();
            return job?.Metadata.DeletionTimestamp is null;
        });
        return job is null ? (null, null) : (new(before?.Key ?? step.Key, int.Parse(job.Spec.Template.Spec.Containers[0].Args[0], CultureInfo.InvariantCulture), job.Spec.Suspend == true), job.Metadata.Uid);
    }
}
