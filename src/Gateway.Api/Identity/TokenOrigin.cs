namespace Gateway.Api.Identity;

/// <summary>Where a token seems to come from: what it costs to look at it is counted there.</summary>
internal sealed record TokenOrigin(string Name, TokenTrust Trust);

/// <summary>What speaks for a token before the cluster is asked.</summary>
internal enum TokenTrust
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It names an account of which a good token came from the same address.</summary>
    Claimed,

    /// <summary>It was good within the hour, or has the cluster's signature.</summary>
    Proven,
}
