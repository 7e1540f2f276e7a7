namespace McpFunctionApp.Tests.Adapters.Presets;

public sealed class ServiceNowPresetTests
{
    [Fact]
    public async Task ServiceNow_lists_a_catalog_items_variables_and_orders_it()
    {
        await using var app = await AdapterApp.OfPresetAsync(
            "servicenow",
            ("Forms:0:Values:item", "3f1dd0320a0a0b99000a53f7604a2ef9")
        );
        await app.AssertFormAsync(
            """
            model choice required [Thirteen inch, Sixteen inch]
            docking boolean = false
            needed_on text
            reason text required
            pickup text
            cost_center text required
            """
        );

        var call = await app.CallAsync(
            """
            {"model":"Sixteen inch","docking":true,"needed_on":"2026-12-01","reason":"Old one broke",
            "pickup":"2026-12-02T10:00:00+02:00","cost_center":"a1b2"}
            """
        );
        AdapterApp.AssertSame(
            """
            {"sysparm_quantity":"1","variables":{"model":"m16","docking":"true","needed_on":"2026-12-01",
            "reason":"Old one broke","pickup":"2026-12-02 08:00:00","cost_center":"a1b2"}}
            """,
            app.Sent
        );
        call.AssertReceipt("\"e22a4f6d1b21f810a2a1337f23dd4bcb\"", "\"REQ0010415\"", "submitted", null);
        app.Refuse("servicenow");
        await app.AssertRefusedAsync(
            """{"model":"Thirteen inch","reason":"x","cost_center":"a1"}""",
            "Mandatory variables are required; The item is not for your department"
        );
    }
}
