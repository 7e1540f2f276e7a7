using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpFunctionApp.Tests.Page;

/// <summary>A form in a chat is sent once, however often it is opened or pressed and whatever gets lost.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ChatSendTests(BrowserWorld world) : ChatTests
{
    [BrowserFact(IsSlow = true)]
    public async Task A_form_that_is_opened_again_from_the_same_result_is_not_sent_again()
    {
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token);
        var draft = (
            await App.Rpc.CallAsync("draft_create_request", """{"values":"{\"subject\":\"Printer\"}"}""", Given.Token)
        ).Result;
        var first = await chat.OpenFormAsync("""{"subject":"Printer"}""", result: draft);
        var second = await chat.OpenFormAsync("""{"subject":"Printer"}""", result: draft);
        await SendAsync(first);
        await Expect(first.GetByText("Your request was sent")).ToBeVisibleAsync();
        await FillPriorityAsync(second);
        await second.Locator("button[type=submit]").ClickAsync();
        await Expect(second.GetByText("had been sent before")).ToBeVisibleAsync();
        Assert.Equal(0, await second.Locator("form, button").CountAsync());
        Assert.Single(Api.Submissions);
    }

    [BrowserFact]
    public async Task Two_presses_and_a_broken_connection_make_one_request()
    {
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token);
        var form = await chat.OpenFormAsync("""{"subject":"Printer"}""");
        await chat.FailCallsAsync("The network is away.");
        await SendAsync(form);
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("not made twice");
        await chat.FailCallsAsync(null);
        await form.Locator("button[type=submit]").EvaluateAsync(TwoPresses);
        await Expect(form.GetByText("Your request was sent")).ToBeVisibleAsync();
        Assert.Single(Api.Submissions);
        Assert.Equal(2, await chat.SendsAsync());
    }

    [BrowserFact(IsSlow = true)]
    public async Task A_request_of_which_nobody_knows_whether_it_arrived_cannot_be_sent_again()
    {
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token);
        var form = await chat.OpenFormAsync("""{"subject":"Printer"}""");
        Api.OnSubmit = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await SendAsync(form);
        await Expect(form.Locator("[name=subject]")).ToBeDisabledAsync();
        Assert.Equal(0, await form.Locator("button").CountAsync());
        Assert.Equal(1, await chat.SendsAsync());
    }

    [BrowserFact(IsSlow = true)]
    public async Task A_press_without_a_key_whose_answer_is_lost_is_not_repeated()
    {
        await using var chat = await ChatPage.OpenAsync(world, App, Given.Token);
        var form = await chat.OpenFormAsync("""{"subject":"Printer"}""", ["dropsMeta"]);
        await SendAsync(form);
        await Expect(form.GetByRole(AriaRole.Button, new() { Name = "Send it now" })).ToBeVisibleAsync();
        await chat.LoseAnswersAsync("create_request");
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("not known whether");
        Assert.Equal(0, await form.Locator("button").CountAsync());
        Assert.Single(Api.Submissions);
    }
}
