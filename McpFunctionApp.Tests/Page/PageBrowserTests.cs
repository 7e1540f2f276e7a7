using System.Text.RegularExpressions;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpFunctionApp.Tests.Page;

/// <summary>The page in a browser, on the server as <c>dotnet run</c> starts it, and on one with a form API of its own.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PageBrowserTests(BrowserWorld world)
{
    /// <summary>Whether nothing of a page scrolls sideways.</summary>
    internal const string Fits = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth";

    [BrowserFact]
    public async Task It_shows_a_samples_form_says_what_is_wrong_and_sends_what_is_right()
    {
        await using var app = await StartSampleAsync();
        await using var watched = await OpenAsync(app);
        var page = watched.Page;
        await Expect(page.GetByText("This is a demonstration.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "test-token-user-b" }).ClickAsync();
        var form = page.Locator("form.form").First;
        await form.Locator("[name=priority]").SelectOptionAsync("high");
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(form.Locator("[name=subject]")).ToBeFocusedAsync();
        await Expect(form.Locator("[name=subject]")).ToHaveAccessibleDescriptionAsync(new Regex("is required"));
        await form.Locator("[name=subject]").FillAsync("Printer is out of toner");
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(page.GetByText("Your request was sent")).ToBeVisibleAsync();
        await Expect(page.Locator(".receipt")).ToContainTextAsync("Printer is out of toner");
        Assert.Equal(["Printer is out of toner"], await SubjectsAsync(app, "test-token-user-b"));
        Assert.Empty(await WatchedPage.SeriousFaultsAsync(page.MainFrame));
    }

    [BrowserTheory(IsSlow = true)]
    [InlineData(1000, false)]
    [InlineData(360, true)]
    public async Task The_technicians_77_fields_are_drawn_and_nothing_scrolls_sideways(int width, bool dark)
    {
        await using var app = await StartSampleAsync();
        await using var watched = await OpenAsync(app, width, dark);
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "test-token-technician" }).ClickAsync();
        var form = watched.Page.Locator("form.form").First;
        await Expect(form.Locator(".field")).ToHaveCountAsync(77);
        var schema = (await app.Rpc.ListAsync("test-token-technician")).Tool("create_request")["inputSchema"]!;
        var names = await form.Locator("[name]").EvaluateAllAsync<string[]>("controls => controls.map(control => control.name)");
        Assert.Equal(schema["properties"]!.AsObject().Select(property => property.Key).Order(), names.Distinct().Order());

        Assert.True(await watched.Page.EvaluateAsync<bool>(Fits));
        Assert.Empty(await WatchedPage.SeriousFaultsAsync(watched.Page.MainFrame));
    }

    [BrowserFact]
    public async Task A_callers_token_opens_its_form_is_forgotten_when_asked_and_stands_in_no_line_of_the_log()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeByToken(token => token == Given.Token ? Given.Fields : null);
        await using var app = await TestApp.StartAsync(api, settings: new() { ["Forms:0:SubmitUrl"] = api.SubmitUrl });
        await using (var watched = await OpenAsync(app))
        {
            var page = watched.Page;
            await Expect(page.GetByText("This is a demonstration.")).ToBeHiddenAsync();
            await page.Locator("#token").FillAsync($"Bearer {Given.Token}");
            await page.Locator("#token").PressAsync("Enter");
            await page.Locator("form.form [name=subject]").FillAsync("Printer is on fire");
            await page.Locator("form.form button[type=submit]").ClickAsync();
            await Expect(page.GetByText("Your request was sent")).ToBeVisibleAsync();
            Assert.Equal(Given.Token, Assert.Single(api.Submissions).Token);
            await page.GetByRole(AriaRole.Button, new() { Name = "Forget it" }).ClickAsync();
            await Expect(page.Locator("#token")).ToHaveValueAsync("");
            await Expect(page.Locator("#tools")).ToBeEmptyAsync();
            Assert.Equal(app.Http.BaseAddress!.ToString(), page.Url);
        }

        TokenLeaks.AssertNone(app.Log.Lines.Select(line => line.Text), [Given.Token]);
    }

    [BrowserFact(IsSlow = true)]
    public async Task It_says_why_a_form_is_missing()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeByToken(token => token == Given.Token ? Given.Fields : null);
        await using var app = await TestApp.StartAsync(api);
        await using var watched = await OpenAsync(app);
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "Show my tools" }).ClickAsync();
        await Expect(watched.Page.Locator("#reasons")).ToContainTextAsync("create_request is not offered: no_token");
        await watched.Page.Locator("#token").FillAsync(Given.OtherToken);
        await watched.Page.Locator("#token").PressAsync("Enter");
        await Expect(watched.Page.Locator("#reasons")).ToContainTextAsync("create_request is not offered: rejected");
        await Expect(watched.Page.Locator("#state")).ToHaveTextAsync("No forms and 3 other tools for this token.");
        await watched.Page.Locator("#token").FillAsync("two words");
        await watched.Page.Locator("#token").PressAsync("Enter");
        await Expect(watched.Page.Locator("#state")).ToContainTextAsync("A token is one word");
    }

    [BrowserFact(IsSlow = true)]
    public async Task Its_links_carry_the_address_and_no_token()
    {
        await using var api = await FakeFormApi.StartAsync();
        await using var app = await TestApp.StartAsync(api);
        await using var watched = await OpenAsync(app);
        var code = await watched.Page.Locator("#vscode").GetAttributeAsync("href");
        Assert.StartsWith("vscode:mcp/install?", code, StringComparison.Ordinal);
        var server = JsonElement.Parse(Uri.UnescapeDataString(code!.Split('?', 2)[1]));
        Assert.Equal(app.Endpoint.ToString(), server.GetProperty("url").GetString());
        Assert.Equal("Bearer ${input:forms-token}", server.GetProperty("headers").GetProperty("Authorization").GetString());
        Assert.True(server.GetProperty("inputs")[0].GetProperty("password").GetBoolean());

        var cursor = await watched.Page.Locator("#cursor").GetAttributeAsync("href");
        var config = Uri.UnescapeDataString(Regex.Match(cursor!, "config=(.*)$").Groups[1].Value);
        Assert.Equal(app.Endpoint.ToString(), JsonElement.Parse(Convert.FromBase64String(config)).GetProperty("url").GetString());
        await Expect(watched.Page.Locator("#claude"))
            .ToHaveTextAsync(
                $"claude mcp add --transport http forms {app.Endpoint} --header \"Authorization: Bearer YOUR_TOKEN\""
            );
    }

    /// <summary>As <c>dotnet run</c> starts it: the sample is its form API.</summary>
    internal static Task<TestApp> StartSampleAsync() =>
        TestApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["urls"] = $"http://127.0.0.1:{FreePort.Next()}",
                ["SampleFormApi:Enabled"] = "true",
            }
        );

    internal static async Task<IReadOnlyList<string>> SubjectsAsync(TestApp app, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sample/requests");
        request.Headers.Authorization = new("Bearer", token);
        using var response = await app.Http.SendAsync(request);
        var body = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        return [.. Regex.Matches(body.GetRawText(), "\"subject\":\"([^\"]*)\"").Select(match => match.Groups[1].Value)];
    }

    private async Task<WatchedPage> OpenAsync(TestApp app, int width = 1000, bool dark = false)
    {
        var watched = await world.OpenAsync(width, dark);
        await watched.Page.GotoAsync(app.Http.BaseAddress!.ToString());
        return watched;
    }
}
