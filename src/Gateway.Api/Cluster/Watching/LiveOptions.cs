namespace Gateway.Api.Cluster.Watching;

/// <summary>How the cluster is watched, so that reading takes nothing from it.</summary>
internal sealed class LiveOptions
{
    public const string Section = "Live";

    /// <summary>How many projects are watched at once at most; of more, those not read for longest are given up, and what cannot be watched is read from the cluster each time. 0 watches nothing, not even which projects there are.</summary>
    public int Projects { get; set; } = 1000;

    /// <summary>A project that nobody reads for so long is no longer watched.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>An answer from a picture that the cluster has not confirmed for so long carries a `Warning`, and which projects there are is then asked of the cluster. The cluster confirms an unchanged one about once a minute.</summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>A watch that is silent for so long is begun again.</summary>
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromSeconds(150);

    /// <summary>For how long a watch is asked for at least, before it is renewed.</summary>
    public TimeSpan WatchLifetime { get; set; } = TimeSpan.FromMinutes(5);
}
