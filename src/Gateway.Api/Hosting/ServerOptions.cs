namespace Gateway.Api.Hosting;

/// <summary>How the gateway is reached.</summary>
internal sealed class ServerOptions
{
    public const string Section = "Server";

    /// <summary>The path below which every route is mounted, such as `/gateway`; none when left out.</summary>
    public string? PathBase { get; set; }
}

/// <summary>Where health is asked for.</summary>
internal sealed class ManagementOptions
{
    public const string Section = "Management";

    /// <summary>The port of health checks; 0 serves them on the API's port.</summary>
    public int Port { get; set; } = 8081;
}
