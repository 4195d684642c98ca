using Gateway.Bench.Embedded;
using Gateway.Bench.Faults;
using Gateway.Bench.Gateway;
using Gateway.Bench.Measuring;
using Gateway.Bench.Micro;
using Gateway.Bench.Reporting;

Scenario[] scenarios = [CreateJobs.WithoutPods, CreateJobs.WithPods, GetJobs.Scenario, KeepJobs.Scenario, WatchJobs.Scenario, MadeUpTokens.Scenario, HostileInput.Scenario, WorstBodies.Scenario, ListPages.Scenario, FollowStreams.Scenario, FollowLogs.Scenario, SubmitOnce.Scenario, LoseCluster.Scenario, SlowProject.Scenario, GetTrains.Scenario, StartUp.Scenario, SubmitTrains.One, SubmitTrains.Sixteen, SubmitTrains.SixtyFour, MixedWork.Fast, MixedWork.Long, GrowProject.Scenario, KubectlApply.Scenario, StepsInNumbers.Scenario];

var unknown = args.Except(scenarios.Select(scenario => scenario.Name)).ToArray();
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"There is no scenario {string.Join(", ", unknown)}; there are {string.Join(", ", scenarios.Select(scenario => scenario.Name))}.");
    return 1;
}

foreach (var scenario in scenarios.Where(scenario => args.Length == 0 || args.Contains(scenario.Name)))
{
    var rounds = new Rounds(scenario);
    var machine = Machine.Now();
    await scenario.RunAsync(rounds);
    if (rounds.Count > 0)
        ResultsFile.Write(Section.Of(rounds, machine), [.. scenarios.Select(known => known.Name)]);
}
return 0;
