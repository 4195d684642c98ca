namespace Gateway.Api.Bodies;

/// <summary>How much memory the bodies of requests may take.</summary>
internal sealed class BodyOptions
{
    public const string Section = "Bodies";

    /// <summary>The MiB of memory that the work on bodies may take at once, reckoned by their length and their number of values: a quarter of it is for small ones, and half of it for one caller. Who comes beyond waits for 2 s, and is refused with 429. Bodies that arrive may take 32 MiB besides. The default is for a pod of 512 MiB.</summary>
    public int Memory { get; set; } = 128;
}
