using Microsoft.Playwright;
using Xunit;

namespace Gateway.Browser.Tests;

/// <summary>A person with a browser submits each example, sees what became of it, and deletes it.</summary>
public sealed class SwaggerTests
{
    [BrowserFact]
    public async Task Examples_TriedOutInSwaggerUi_AreSubmittedReadAndDeleted()
    {
        await using var page = await SwaggerPage.OpenAsync(("Authentication:Mode", "Kubernetes"));
        await page.AuthorizeAsync("admin-token");

        var submit = await page.UnfoldAsync("submitWorkload");
        var examples = submit.Locator(".opblock-section-request-body .examples-select-element");
        foreach (var (example, name, type) in ((string, string, string)[])[("train", "resnet-50", "train"), ("build", "notebook-1", "build"), ("fraction", "small-1", "train")])
        {
            await submit.Locator("tr[data-param-name=project] input").FillAsync("team-a");
            await examples.SelectOptionAsync(example);
            await Assertions.Expect(submit.Locator(".body-param__text")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex($"\"{name}\""));
            var (status, workload) = await SwaggerPage.ExecuteAsync(submit);
            Assert.Equal("201", status);
            Assert.Equal((name, type), ((string)workload["name"]!, (string)workload["type"]!));
            if (example == "train")
                await PhotographAsync(page, submit);
            await submit.Locator(".btn-clear").ClickAsync();
        }
        await DeleteAsync(page, "resnet-50", "notebook-1", "small-1");

        Assert.Empty(page.Complaints);
    }

    private static async Task DeleteAsync(SwaggerPage page, params string[] names)
    {
        var delete = await page.UnfoldAsync("deleteWorkload");
        foreach (var name in names)
        {
            await delete.Locator("tr[data-param-name=project] input").FillAsync("team-a");
            await delete.Locator("tr[data-param-name=name] input").FillAsync(name);
            var (status, workload) = await SwaggerPage.ExecuteAsync(delete);
            Assert.Equal(("202", name), (status, (string)workload["name"]!));
            await delete.Locator(".btn-clear").ClickAsync();
        }
    }

    // UPDATE_SCREENSHOT=1 writes docs/swagger.png.
    private static async Task PhotographAsync(SwaggerPage page, ILocator shown)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_SCREENSHOT") != "1")
            return;
        await shown.ScrollIntoViewIfNeededAsync();
        await page.PhotographAsync(Path.Combine(Root(AppContext.BaseDirectory), "docs", "swagger.png"));
    }

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Gateway.sln")) ? folder : Root(Path.GetDirectoryName(folder)!);
}
