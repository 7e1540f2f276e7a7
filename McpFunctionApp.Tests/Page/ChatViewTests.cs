using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpFunctionApp.Tests.Page;

/// <summary>
/// The form in a chat: in two frames of other origins, without network and without <c>allow-forms</c>, under the default
/// policy of the specification, with the bridge of the official package around it and the real server behind.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class ChatViewTests(BrowserWorld world) : ChatTests
{
    private const string Hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>";

    // The second press of a double click, which may come when the button already says something else; gives what is said.
    private const string EndOfDoubleClick = """
        button => {
          button.dispatchEvent(new MouseEvent('click', { detail: 2, cancelable: true }))
          return document.querySelector('[role=alert]').textContent
        }
        """;

    [BrowserFact]
    public async Task A_person_fills_in_what_the_model_left_open_sends_it_and_the_model_hears_of_it()
    {
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token);
        var form = await chat.OpenFormAsync("""{"subject":"Printer is on fire","cost":12.5}""", locale: "de-DE");
        await Expect(form.Locator("[name=subject]")).ToHaveValueAsync("Printer is on fire");
        await form.Locator("[name=priority]").SelectOptionAsync("high");
        await form.Locator("[name=tags][value=VPN]").CheckAsync();
        await form.Locator("[name=due]").FillAsync("2026-12-01");
        await form.Locator("[name=call]").FillAsync("2026-12-01T10:30");
        await form.Locator("[name=urgent]").CheckAsync();
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(form.GetByText("Your request was sent")).ToBeVisibleAsync();
        await Expect(form.Locator(".receipt")).ToContainTextAsync("1. Dezember 2026");
        await Expect(form.Locator(".receipt")).ToContainTextAsync("12,5");
        var body = JsonNode.Parse(Assert.Single(Api.Submissions).Body)!;
        Assert.Equal("Printer is on fire", (string?)body["subject"]);
        Assert.Contains("2026-12-01T09:30", body.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(0, await form.Locator("form, button").CountAsync());
        Assert.Equal(1, await chat.SendsAsync());
        var told = Assert.Single(await chat.AskedAsync("ui/update-model-context"));
        Assert.Contains("4711", told["params"]!["content"]![0]!["text"]!.ToString(), StringComparison.Ordinal);
    }

    [BrowserTheory(IsSlow = true)]
    [InlineData("noToolInfo")]
    [InlineData("early")]
    [InlineData("early", "noToolInfo", "noContext")]
    [InlineData("noContext")]
    [InlineData("dropsMeta")]
    [InlineData("loses")]
    public async Task It_works_in_an_odd_chat_too(params string[] odd)
    {
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token);
        var form = await chat.OpenFormAsync("""{"subject":"Printer"}""", odd);
        await FillPriorityAsync(form);
        await form.Locator("button[type=submit]").ClickAsync();
        if (odd.Contains("dropsMeta"))
        {
            // Nothing protects from a second request here: the person is asked, and nothing goes out before.
            await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("sent only once");
            Assert.Empty(Api.Submissions);
            var button = form.GetByRole(AriaRole.Button, new() { Name = "Send it now" });
            Assert.Contains("sent only once", await button.EvaluateAsync<string>(EndOfDoubleClick), StringComparison.Ordinal);
            await button.EvaluateAsync(TwoPresses);
        }

        await Expect(form.GetByText("Your request was sent")).ToBeVisibleAsync();
        Assert.Single(Api.Submissions);
        if (odd.Contains("noContext"))
        {
            Assert.Single(await chat.AskedAsync("ui/message"));
        }
    }

    [BrowserFact(IsSlow = true)]
    public async Task What_is_wrong_is_said_at_its_field_and_the_summary_leads_there()
    {
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token);
        var form = await chat.OpenFormAsync("""{"subject":"Printer","site":"Bon"}""");
        await Expect(form.Locator("[name=site]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(form.Locator("[name=site]")).ToHaveAccessibleDescriptionAsync(new Regex("Bonn"));
        await form.GetByRole(AriaRole.Link, new() { NameRegex = new("^Site") }).ClickAsync();
        await Expect(form.Locator("[name=site]")).ToBeFocusedAsync();
        Assert.Empty(await WatchedPage.SeriousFaultsAsync(form));
    }

    [BrowserFact(IsSlow = true)]
    public async Task A_refusal_of_the_form_api_is_said_at_its_field_and_the_form_can_be_sent_again()
    {
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token);
        var form = await chat.OpenFormAsync("""{"subject":"Printer"}""");
        var accept = Api.OnSubmit;
        Api.OnSubmit = context => FakeFormApi.Json(context, """{"errors":{"subject":"is too short <img src=x>"}}""", 422);
        await SendAsync(form);
        await Expect(form.Locator("[name=subject]")).ToHaveAccessibleDescriptionAsync(new Regex("is too short"));
        Assert.Equal(0, await form.Locator("img").CountAsync());
        Api.OnSubmit = accept;
        await form.Locator("[name=subject]").FillAsync("Printer is on fire");
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(form.GetByText("Your request was sent")).ToBeVisibleAsync();
        Assert.Equal(2, Api.Submissions.Count);
    }

    [BrowserFact(IsSlow = true)]
    public async Task Options_that_are_not_all_listed_are_looked_up_by_keyboard()
    {
        var sites = string.Join(',', Enumerable.Range(1, 400).Select(n => $"\"Site {n}\""));
        var tags = string.Join(',', Enumerable.Range(1, 40).Select(n => $"\"Tag {n}\""));
        Api.ServeFields(
            $$"""
            {"name":"Site","paramName":"site","type":"DropDownFieldRest","required":true,"options":[{{sites}}]},
            {"name":"Tags","paramName":"tags","type":"MultiSelectDropDownFieldRest","options":[{{tags}}]}
            """
        );
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token);
        var form = await chat.OpenFormAsync();
        await form.Locator("[name=site]").PressSequentiallyAsync("site 377");
        await Expect(form.GetByRole(AriaRole.Option, new() { Name = "Site 377", Exact = true })).ToBeVisibleAsync();
        Assert.Empty(await WatchedPage.SeriousFaultsAsync(form));
        await form.Locator("[name=site]").PressAsync("ArrowDown");
        await form.Locator("[name=site]").PressAsync("Enter");
        await Expect(form.Locator("[name=site]")).ToHaveValueAsync("Site 377");
        await form.Locator("[name=tags]").PressSequentiallyAsync("tag 33");
        await Expect(form.GetByRole(AriaRole.Option, new() { Name = "Tag 33" })).ToBeVisibleAsync();
        await form.Locator("[name=tags]").PressAsync("Enter");
        await Expect(form.GetByRole(AriaRole.Button, new() { Name = "Remove Tag 33" })).ToBeVisibleAsync();
        await form.Locator("button[type=submit]").PressAsync("Enter");
        await Expect(form.GetByText("Your request was sent")).ToBeVisibleAsync();
        Assert.Contains("Site 377", Assert.Single(Api.Submissions).Body, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Hostile_text_is_text_and_breaks_nothing()
    {
        var longText = new string('x', 10_000);
        var (name, description) = (Json($"{Hostile} \u202Egnp.exe\u202C"), Json($"{Hostile}{longText}"));
        var (choice, box) = (Json(Hostile), Json($"\"'><svg onload=alert(3)>{longText}"));
        Api.ServeFields(
            $$"""
            {"name":{{name}},"paramName":"a","type":"TextFieldRest","description":{{description}}},
            {"name":"Choice","paramName":"b","type":"DropDownFieldRest","options":[{{choice}},{{Json(longText)}},"plain"]},
            {"name":"Boxes","paramName":"c","type":"MultiSelectDropDownFieldRest","options":[{{box}}]},
            {"name":"__proto__","paramName":"__proto__","type":"TextFieldRest"}
            """
        );
        Api.OnSubmit = context =>
            FakeFormApi.Json(context, $$"""{"id":{{Json(Hostile)}},"url":"javascript:alert(4)","status":{{Json(Hostile)}}}""");
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token, width: 360);
        var form = await chat.OpenFormAsync($$"""{"a":{{Json(Hostile)}}}""");
        await form.Locator("button[type=submit]").WaitForAsync();
        Assert.Equal(0, await form.Locator("img, svg, main script").CountAsync());
        Assert.True(await form.EvaluateAsync<bool>(PageBrowserTests.Fits));
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(form.GetByText("Your request was sent")).ToBeVisibleAsync();
        Assert.Equal(0, await form.Locator("img, svg, a, main script").CountAsync());
        Assert.Empty(await WatchedPage.SeriousFaultsAsync(form));
    }

    [BrowserFact(IsSlow = true)]
    public async Task A_form_that_is_written_from_right_to_left_is_drawn_so()
    {
        Api.ServeFields(
            """
            {"name":"الموضوع","paramName":"subject","type":"TextFieldRest","required":true,"description":"اكتب موضوع الطلب"},
            {"name":"الأولوية","paramName":"priority","type":"DropDownFieldRest","options":["منخفضة","عالية"]}
            """
        );
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token, width: 360, dark: true);
        var form = await chat.OpenFormAsync(dark: true, locale: "ar-EG");
        await Expect(form.Locator("form")).ToHaveAttributeAsync("dir", "rtl");
        Assert.Equal("rtl", await form.Locator("select").EvaluateAsync<string>("select => getComputedStyle(select).direction"));
        Assert.Equal("dark", await form.EvaluateAsync<string>("() => document.documentElement.dataset.theme"));
        Assert.Empty(await WatchedPage.SeriousFaultsAsync(form));
    }

    private static string Json(string text) => JsonValue.Create(text).ToJsonString();
}
