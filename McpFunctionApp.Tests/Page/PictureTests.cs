using McpFunctionApp.Tests.Docs;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpFunctionApp.Tests.Page;

/// <summary>The pictures of the README, which <c>scripts/pictures</c> takes from the running product.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PictureTests(BrowserWorld world)
{
    private const int LargestPicture = 200 * 1024;

    private static readonly string s_folder = Path.Combine(Repository.Root, "docs", "images");

    [BrowserFact(IsSlow = true)]
    public async Task The_page_with_a_callers_form()
    {
        await using var app = await PageBrowserTests.StartSampleAsync();
        await using var watched = await world.OpenAsync(width: 960);
        await watched.Page.GotoAsync(app.Http.BaseAddress!.ToString());
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "test-token-user-b" }).ClickAsync();
        await watched.Page.Locator("[name=subject]").First.FillAsync("Printer is out of toner");
        await watched.Page.Locator("[name=priority]").First.SelectOptionAsync("high");
        await TakeAsync(watched.Page, "page.png", 960);
    }

    [BrowserFact(IsSlow = true)]
    public async Task The_form_in_a_chat()
    {
        await using var app = await PageBrowserTests.StartSampleAsync();
        await using var chat = await ChatPage.OpenAsync(world, app, "test-token-user-b", width: 760);
        var form = await chat.OpenFormAsync(
            """{"subject":"Printer on floor 3 is out of toner","priority":"urgent"}""",
            said: "The printer on floor 3 is out of toner, it is urgent"
        );
        await Expect(form.Locator("[name=priority]")).ToBeVisibleAsync();
        await TakeAsync(chat.Page, "chat.png", 620);
    }

    private static async Task TakeAsync(IPage page, string name, int height)
    {
        var file = Path.Combine(s_folder, name);
        if (Environment.GetEnvironmentVariable("UPDATE_PICTURES") == "1")
        {
            Directory.CreateDirectory(s_folder);
            await page.SetViewportSizeAsync(page.ViewportSize!.Width, height);
            await page.EvaluateAsync("() => document.activeElement.blur()");
            await page.ScreenshotAsync(new() { Path = file, Animations = ScreenshotAnimations.Disabled });
        }

        Assert.True(File.Exists(file), $"{file} is missing: run scripts/pictures.");
        Assert.InRange(new FileInfo(file).Length, 5_000, LargestPicture);
    }
}
