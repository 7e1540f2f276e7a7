using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Playwright;

namespace McpFunctionApp.Tests.Page;

/// <summary>Tests with a chat that draws a form of every kind of field, and with the real server behind.</summary>
public abstract class ChatTests : AppTests<TestApp>
{
    private protected const string TwoPresses = "button => { button.click(); button.click() }";

    protected override void ServeForm() =>
        Api.ServeFields(
            """
            {"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true},
            {"name":"Priority","paramName":"priority","type":"DropDownFieldRest","required":true,
             "options":["low","medium","high"]},
            {"name":"Tags","paramName":"tags","type":"MultiSelectDropDownFieldRest","options":["Audit","VPN","Mail"]},
            {"name":"Site","paramName":"site","type":"DropDownFieldRest","options":["Aachen","Berlin","Bonn"]},
            {"name":"Cost","paramName":"cost","type":"NumberFieldRest","attributes":{"allowDecimal":true}},
            {"name":"Due","paramName":"due","type":"DateFieldRest"},
            {"name":"Call me at","paramName":"call","type":"DateFieldRest","attributes":{"allowTime":true}},
            {"name":"Urgent","paramName":"urgent","type":"BooleanFieldRest"}
            """
        );

    protected override Task<TestApp> StartAsync() =>
        TestApp.StartAsync(Api, settings: new() { ["Forms:0:SubmitUrl"] = Api.SubmitUrl });

    private protected static async Task FillPriorityAsync(IFrame form)
    {
        var priority = form.Locator("[name=priority]");
        await priority.WaitForAsync();
        if (await priority.EvaluateAsync<bool>("control => control.tagName === 'SELECT'"))
        {
            await priority.SelectOptionAsync("high");
        }
        else
        {
            await priority.FillAsync("high");
        }
    }

    private protected static async Task SendAsync(IFrame form)
    {
        await FillPriorityAsync(form);
        await form.Locator("button[type=submit]").ClickAsync();
    }
}
