using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpFunctionApp.Tests.Page;

/// <summary>Each place that shows a text of a form or of an answer, in the chat and on the page, with a hostile one.</summary>
[Collection(BrowserCollection.Name)]
public sealed class HostileTextTests(BrowserWorld world) : AppTests<TestApp>
{
    protected override Task<TestApp> StartAsync() => TestApp.StartAsync(Api);

    [BrowserFact(IsSlow = true)]
    public async Task Every_text_of_a_form_is_shown_as_it_stands()
    {
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token, width: 360);
        var form = await chat.OpenFormAsync(result: HostileForm.Draft);
        await form.Locator("button[type=submit]").WaitForAsync();
        string[] places =
        [
            "h2",
            "label[for$=-line]",
            "label[for$=-box]",
            "legend",
            "fieldset .boxes label",
            "option[value]:not([value=''])",
            "[id$=-line-hint]",
            "[id$=-box-hint]",
            "[id$=-boxes-hint]",
            "[id$=-line-problem]",
            "[id$=-boxes-problem]",
            "[role=alert] a",
            ".chips button",
        ];
        await HostileForm.AssertShownAsync(form, places);
        await Expect(form.Locator("[id$=-line-hint]")).ToContainTextAsync($"Left empty, this is sent: {HostileForm.Text}");
        await Expect(form.Locator("[id$=-boxes-problem]")).ToContainTextAsync($"Nearest: {HostileForm.Text}");
        await Expect(form.Locator("[name=line]")).ToHaveValueAsync(HostileForm.Text);

        await form.Locator("[name=listed]").ClickAsync();
        await HostileForm.AssertShownAsync(form, "li[role=option]");
        await form.Locator("li[role=option]").First.ClickAsync();
        await HostileForm.AssertShownAsync(form, "[id$=-listed-list] ~ .chips button");
        await chat.AnswerCallAsync(HostileForm.Options);
        await form.Locator("[name=far]").ClickAsync();
        await HostileForm.AssertShownAsync(form, "li[role=option]");
        await form.Locator("li[role=option]").First.ClickAsync();
        await Expect(form.Locator("[name=far]")).ToHaveValueAsync(HostileForm.Text);
        await chat.FailCallsAsync(HostileForm.Text);
        await form.Locator("[name=far]").ClickAsync();
        await HostileForm.AssertShownAsync(form, "[id$=-far-list] + [role=status]");
        Assert.Empty(await WatchedPage.SeriousFaultsAsync(form));
    }

    [BrowserFact(IsSlow = true)]
    public async Task Every_text_of_an_answer_is_shown_as_it_stands_and_only_https_is_a_link()
    {
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token, width: 360);
        var form = await chat.OpenFormAsync(result: HostileForm.Draft);
        var button = form.Locator("button[type=submit]");
        await chat.FailCallsAsync(HostileForm.Text);
        await button.ClickAsync();
        await HostileForm.AssertShownAsync(form, "[role=alert] > p");
        await chat.FailCallsAsync(null);
        await chat.AnswerCallAsync(HostileForm.Refusal("invalid_arguments"));
        await button.ClickAsync();
        await HostileForm.AssertShownAsync(form, "[role=alert] li:not(:has(a))", "[role=alert] a", "[id$=-line-problem]");
        await chat.AnswerCallAsync(HostileForm.Failure("form_unavailable"));
        await button.ClickAsync();
        await HostileForm.AssertShownAsync(form, "[role=alert] > p");
        await chat.AnswerCallAsync(HostileForm.Receipt("javascript:alert(4)"));
        await button.ClickAsync();
        await HostileForm.AssertShownAsync(
            form,
            "h3 + dl dt",
            "dt:text('Number') + dd",
            "dt:text('Status') + dd",
            "dt:text('Note') + dd"
        );
        await HostileForm.AssertShownAsync(
            form,
            "dt:text('Sent') + dd",
            "h3 + dl > :nth-child(1) dd",
            "h3 + dl > :nth-child(2) dd"
        );
        Assert.Equal(0, await form.Locator("a").CountAsync());

        var known = await chat.OpenFormAsync(result: HostileForm.Draft);
        await chat.AnswerCallAsync(HostileForm.Receipt("https://desk.example/<img>\"onclick=alert(5)"));
        await known.Locator("button[type=submit]").ClickAsync();
        await Expect(known.GetByRole(AriaRole.Link, new() { Name = "Open the request" }))
            .ToHaveAttributeAsync("href", "https://desk.example/<img>\"onclick=alert(5)");
        var lost = await chat.OpenFormAsync(result: HostileForm.Draft);
        await chat.AnswerCallAsync(HostileForm.Failure("submission_outcome_unknown"));
        await lost.Locator("button[type=submit]").ClickAsync();
        await HostileForm.AssertShownAsync(lost, "[role=alert] > p");
    }

    [BrowserFact(IsSlow = true)]
    public async Task What_is_said_in_the_place_of_a_form_and_a_part_of_one_are_shown_as_they_stand()
    {
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token, width: 360);
        var refused = await chat.OpenFormAsync(result: HostileForm.Failure("form_unavailable"));
        await HostileForm.AssertShownAsync(refused, "main > p");
        var plain = await chat.OpenFormAsync(result: HostileForm.Plain);
        await HostileForm.AssertShownAsync(plain, "main > p");
        await chat.AnswerCallAsync(HostileForm.Failure("form_unavailable"));
        var part = await chat.OpenFormAsync(result: HostileForm.Part);
        await HostileForm.AssertShownAsync(part, "h2", ".label", ".chips button", ".problem:not(:empty)");
    }

    [BrowserFact(IsSlow = true)]
    public async Task On_the_page_every_text_of_a_list_and_of_an_error_is_shown_as_it_stands()
    {
        await using var watched = await world.OpenAsync(width: 360);
        var page = watched.Page;
        await page.GotoAsync(App.Http.BaseAddress!.ToString());
        var list = new JsonObject { ["result"] = HostileForm.Tools };
        await page.RouteAsync("**/mcp", route => AnswerAsync(route, list));
        await page.Locator("#token").PressAsync("Enter");
        string[] places =
        [
            "#reasons > p",
            "#reasons li",
            "#reasons li code",
            ".tool summary b",
            ".tool summary code",
            ".others dt code",
            ".others dd",
            "form.form h2",
            "form.form .label",
            "form.form .hint:not(:has(.mark))",
        ];
        await HostileForm.AssertShownAsync(page.MainFrame, places);
        await page.Locator("summary", new() { HasText = "create_request" }).ClickAsync();
        await HostileForm.AssertShownAsync(page.MainFrame, "p.say.wrong[role=alert]");
        Assert.Equal(0, await page.Locator("#tools a").CountAsync());

        list["error"] = new JsonObject { ["code"] = -32603, ["message"] = HostileForm.Text };
        await page.Locator("#token").PressAsync("Enter");
        await HostileForm.AssertShownAsync(page.MainFrame, "#state.wrong");
    }

    /// <summary>A list is answered with <paramref name="list"/>, all else with an error.</summary>
    private static Task AnswerAsync(IRoute route, JsonObject list)
    {
        var answer =
            JsonNode.Parse(route.Request.PostData!)!["method"]!.ToString() == "tools/list"
                ? list
                : new()
                {
                    ["error"] = new JsonObject { ["code"] = -32603, ["message"] = HostileForm.Text },
                };
        return route.FulfillAsync(new() { ContentType = "application/json", Body = answer.ToJsonString() });
    }
}
