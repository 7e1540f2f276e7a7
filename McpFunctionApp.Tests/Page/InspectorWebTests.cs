using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpFunctionApp.Tests.Page;

/// <summary>A person in front of the official Inspector's web page is asked for what is missing, and fills in the form of a
/// draft.</summary>
[Collection(BrowserCollection.Name)]
public sealed class InspectorWebTests(BrowserWorld world, InspectorWeb inspector) : IClassFixture<InspectorWeb>
{
    [InspectorFact(IsSlow = true)]
    public async Task It_draws_the_question_for_a_missing_value_and_its_answer_is_submitted()
    {
        var page = await inspector.ConnectAsync(world);
        await page.GetByText("Tools", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create request create_request", Exact = true }).ClickAsync();

        // It sends no call without a required field, but one with a blank.
        await page.GetByRole(AriaRole.Textbox, new() { Name = "subject", Exact = true }).FillAsync(" ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Execute Tool" }).ClickAsync();
        var question = page.GetByRole(AriaRole.Dialog, new() { Name = "Elicitation Request" });
        await Expect(question).ToContainTextAsync("Subject: is required and empty.");
        await Expect(question).ToContainTextAsync("input_required");
        await Expect(question.GetByRole(AriaRole.Textbox)).ToHaveCountAsync(1);
        await question.GetByRole(AriaRole.Textbox, new() { Name = "Subject" }).FillAsync("Asked in the Inspector");
        await question.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await Expect(page.GetByText("Structured Output")).ToBeVisibleAsync();
        Assert.Contains("Asked in the Inspector", await PageBrowserTests.SubjectsAsync(inspector.App, InspectorWeb.Token));
        await page.CloseAsync();
    }

    [InspectorFact(IsSlow = true)]
    public async Task It_shows_the_form_of_a_draft_and_sends_what_is_filled_in()
    {
        var page = await inspector.ConnectAsync(world);
        await page.GetByText("Apps", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Draft: Create request" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "values", Exact = true })
            .FillAsync("""{"subject":"Drafted","requester":"Ada"}""");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open App" }).ClickAsync();
        var form = page.FrameLocator("iframe").FrameLocator("iframe");
        await Expect(form.Locator("[name=requester]")).ToHaveValueAsync("Ada");
        await form.Locator("[name=subject]").FillAsync("Sent from the app");
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(form.Locator(".receipt")).ToContainTextAsync("Sent from the app");
        Assert.Contains("Sent from the app", await PageBrowserTests.SubjectsAsync(inspector.App, InspectorWeb.Token));
        await page.CloseAsync();
    }
}
