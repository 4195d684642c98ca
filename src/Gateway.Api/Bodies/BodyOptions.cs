namespace Gateway.Api.Bodies;

/// <summary>How much memory the bodies of requests may take.</summary>
internal sealed class BodyOptions
{
    public const string Section = "Bodies";

    /// <summary>The MiB of memory that all requests with a body may take together, reckoned by their size; half of it for one caller. Beyond that they wait for each other, and are refused with 429. The default is for a pod of 512 MiB.</summary>
    public int Memory { get; set; } = 128;
}
