using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpFunctionApp.Tests.Page;

/// <summary>What counts as a press on a form's button, and what does not.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PressTests(BrowserWorld world) : AppTests<TestApp>
{
    protected override void ServeForm()
    {
        var sites = string.Join(',', Enumerable.Range(1, 40).Select(n => $"\"Site {n}\""));
        Api.ServeFields(
            $$"""
            {"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true},
            {"name":"Site","paramName":"site","type":"DropDownFieldRest","options":[{{sites}}]},
            {"name":"Urgent","paramName":"urgent","type":"BooleanFieldRest"}
            """
        );
    }

    protected override Task<TestApp> StartAsync() =>
        TestApp.StartAsync(Api, settings: new() { ["Forms:0:SubmitUrl"] = Api.SubmitUrl });

    [BrowserFact(IsSlow = true)]
    public async Task Whoever_presses_again_as_soon_as_the_answer_is_there_is_heard()
    {
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token, width: 360);
        var form = await chat.OpenFormAsync();
        var button = form.Locator("button[type=submit]");
        await chat.PressAsync(button);
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("needs a change");
        await form.Locator("[name=subject]").FillAsync("Printer");
        await chat.FailCallsAsync("The network is away.");
        await chat.PressAsync(button, nth: 2);
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("not made twice");
        await chat.FailCallsAsync(null);
        await chat.PressAsync(button, nth: 3);
        await Expect(form.GetByText("Your request was sent")).ToBeVisibleAsync();
        Assert.Single(Api.Submissions);
    }

    [BrowserFact(IsSlow = true)]
    public async Task A_press_that_began_before_the_answer_and_a_key_held_down_send_nothing_more()
    {
        var refuse = new TaskCompletionSource();
        Api.OnSubmit = async context =>
        {
            await refuse.Task;
            await FakeFormApi.Json(context, """{"errors":{"subject":"is too short"}}""", 422);
        };
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token, width: 360);
        var form = await chat.OpenFormAsync("""{"subject":"Printer"}""");
        var button = form.Locator("button[type=submit]");
        await chat.PressAsync(button);
        await Expect(button).ToHaveAttributeAsync("aria-disabled", "true");
        await chat.PointAtAsync(button);
        await chat.Page.Mouse.DownAsync();
        refuse.SetResult();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("is too short");
        await chat.PointAtAsync(button);
        await chat.Page.Mouse.UpAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("is too short");
        Assert.Equal(1, await chat.SendsAsync());

        // What cannot even be drafted has not been sent: it may be tried again.
        await chat.FailCallsAsync("The network is away.");
        await button.FocusAsync();
        await chat.Page.Keyboard.DownAsync("Enter");
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("not made twice");
        await chat.FailCallsAsync(null);
        await chat.Page.Keyboard.DownAsync("Enter");
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("not made twice");
        await chat.Page.Keyboard.UpAsync("Enter");
        Assert.Equal(1, await chat.SendsAsync());
        Assert.Single(Api.Submissions);
    }

    [BrowserFact]
    public async Task A_press_below_an_open_list_meets_what_is_pressed()
    {
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token, width: 360);
        var form = await chat.OpenFormAsync("""{"subject":"Printer"}""");
        var list = form.GetByRole(AriaRole.Listbox);
        await form.Locator("[name=site]").ClickAsync();
        await Expect(list).ToBeVisibleAsync();
        await chat.PressAsync(form.Locator("[name=urgent]"));
        await Expect(form.Locator("[name=urgent]")).ToBeCheckedAsync();
        await Expect(list).ToBeHiddenAsync();
        await form.Locator("[name=site]").ClickAsync();
        await Expect(list).ToBeVisibleAsync();
        await chat.PressAsync(form.Locator("button[type=submit]"));
        await Expect(form.GetByText("Your request was sent")).ToBeVisibleAsync();
    }
}
