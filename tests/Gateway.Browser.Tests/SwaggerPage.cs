using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Playwright;

namespace Gateway.Browser.Tests;

/// <summary>Swagger UI of a gateway of its own, in a browser.</summary>
internal sealed class SwaggerPage : IAsyncDisposable
{
    private readonly WebApplicationFactory<Program> _gateway;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IPage _page;

    private SwaggerPage(WebApplicationFactory<Program> gateway, IPlaywright playwright, IBrowser browser, IPage page) =>
        (_gateway, _playwright, _browser, _page) = (gateway, playwright, browser, page);

    /// <summary>What the browser complained of: scripts that broke, and what the page's policy forbade.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<SwaggerPage> OpenAsync(params (string Name, string Value)[] settings)
    {
        var gateway = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting("Management:Port", "0").UseSetting("urls", "http://127.0.0.1:0").UseSetting("Serilog:MinimumLevel:Default", "Fatal");
            foreach (var (name, value) in settings)
                host.UseSetting(name, value);
        });
        gateway.UseKestrel();
        gateway.StartServer();
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox"] });
        var opened = new SwaggerPage(gateway, playwright, browser, await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 1400 } }));
        opened._page.Console += (_, message) => opened.Complain(message.Type is "error" or "warning", message.Text);
        opened._page.PageError += (_, error) => opened.Complain(true, error);
        await opened._page.GotoAsync($"{gateway.ClientOptions.BaseAddress}swagger");
        await opened._page.WaitForSelectorAsync(".opblock");
        return opened;
    }

    /// <summary>Gives a token by the Authorize button.</summary>
    public async Task AuthorizeAsync(string token)
    {
        await _page.ClickAsync(".auth-wrapper .btn.authorize");
        await _page.FillAsync(".auth-container input", token);
        await _page.ClickAsync(".auth-btn-wrapper .authorize");
        await _page.ClickAsync(".auth-btn-wrapper .btn-done");
    }

    /// <summary>Unfolds an operation, which is ready to be tried out then.</summary>
    public async Task<ILocator> UnfoldAsync(string operation)
    {
        var block = _page.Locator($"[id$='-{operation}'].opblock");
        await block.Locator(".opblock-summary-control").First.ClickAsync();
        return block;
    }

    /// <summary>Sends what the operation shows, and reads the answer.</summary>
    public static async Task<(string Status, JsonNode Body)> ExecuteAsync(ILocator block)
    {
        await block.Locator(".btn.execute").ClickAsync();
        var answer = block.Locator(".live-responses-table tr.response").First;
        var status = await answer.Locator(".response-col_status").InnerTextAsync();
        var body = await answer.Locator(".response-col_description .highlight-code code").First.InnerTextAsync();
        return (status.Split('\n')[0].Trim(), JsonNode.Parse(body)!);
    }

    /// <summary>The page as a person sees it.</summary>
    public Task PhotographAsync(string path) => _page.ScreenshotAsync(new() { Path = path });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _gateway.DisposeAsync();
    }

    private void Complain(bool really, string text)
    {
        if (really)
            Complaints.Add(text);
    }
}
