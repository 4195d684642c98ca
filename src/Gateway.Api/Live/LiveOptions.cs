namespace Gateway.Api.Live;

/// <summary>How projects are watched, so that reading them takes nothing from the cluster.</summary>
internal sealed class LiveOptions
{
    public const string Section = "Live";

    /// <summary>How many projects are watched at once at most; of more, those not read for longest are given up, and what cannot be watched is read from the cluster each time. 0 watches none.</summary>
    public int Projects { get; set; } = 1000;

    /// <summary>A project that nobody reads for so long is no longer watched.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>An answer from a picture that the cluster has not confirmed for so long carries a `Warning`. The cluster confirms an unchanged one about once a minute.</summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>A watch that is silent for so long is begun again.</summary>
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromSeconds(150);

    /// <summary>For how long a watch is asked for at least, before it is renewed.</summary>
    public TimeSpan WatchLifetime { get; set; } = TimeSpan.FromMinutes(5);
}
