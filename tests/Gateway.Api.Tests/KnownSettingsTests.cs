using Gateway.Api.Hosting;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Gateway.Api.Tests;

/// <summary>Settings that the gateway does not have.</summary>
public sealed class KnownSettingsTests
{
    [Theory]
    [InlineData("Cluster:Mood", "Cluster:Mood is not a setting. Did you mean Cluster:Mode?")]
    [InlineData("Cluster:Operations:Wating", "Cluster:Operations:Wating is not a setting. Did you mean Cluster:Operations:Waiting?")]
    [InlineData("Authentication:Oidc:0:Isuer", "Authentication:Oidc:0:Isuer is not a setting. Did you mean Authentication:Oidc:0:Issuer?")]
    [InlineData("Policy:Defaults:train:Scheduling:Nodepol", "Policy:Defaults:train:Scheduling:Nodepol is not a setting. Did you mean Policy:Defaults:train:Scheduling:NodePool?")]
    [InlineData("Policy:Projects:team-a:MaxGpu", "Policy:Projects:team-a:MaxGpu is not a setting. Did you mean Policy:Projects:team-a:MaxGpus?")]
    [InlineData("Scheduler:Defaults:train:Preemptable", "Scheduler:Defaults:train:Preemptable is not a setting. Did you mean Scheduler:Defaults:train:Preemptible?")]
    [InlineData("Projects:Label:team", "Projects:Label:team is not a setting.")]
    [InlineData("Polcy:MaxGpus", "Polcy:MaxGpus is not a setting. Did you mean Policy:MaxGpus?")]
    [InlineData("Live:Quux", "Live:Quux is not a setting.")]
    public void Rejects_ASettingThatThereIsNot(string name, string sentence) => Assert.Equal([sentence], Unknown(name));

    [Theory]
    [InlineData("Cluster:Mode")]
    [InlineData("cluster:operations:total")]
    [InlineData("Server:TrustedProxies:3")]
    [InlineData("Policy:Defaults:train:Env:0:Value")]
    [InlineData("Policy:Projects:team-a:Defaults:build:Labels:team")]
    [InlineData("Scheduler:PriorityClasses:0")]
    [InlineData("Serilog:MinimumLevel:Override:Microsoft")]
    [InlineData("PATH")]
    [InlineData("Server")]
    [InlineData("Somebody:Elses")]
    [InlineData("Lives:Quux")]
    public void Accepts_WhatIsASettingOrNobodysBusiness(string name) => Assert.Empty(Unknown(name));

    private static IEnumerable<string> Unknown(string name) =>
        KnownSettings.Unknown(new ConfigurationBuilder().AddInMemoryCollection([new(name, "x")]).Build());
}
