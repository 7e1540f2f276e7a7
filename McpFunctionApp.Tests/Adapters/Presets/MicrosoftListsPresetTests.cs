namespace McpFunctionApp.Tests.Adapters.Presets;

public sealed class MicrosoftListsPresetTests
{
    [Fact]
    public async Task Microsoft_Lists_lists_a_lists_columns_and_creates_an_item()
    {
        await using var app = await AdapterApp.OfPresetAsync(
            "microsoft-lists",
            ("Forms:0:Values:graph", "{address}"),
            ("Forms:0:Values:site", "contoso.example,11,22"),
            ("Forms:0:Values:list", "Requests")
        );
        await app.AssertFormAsync(
            """
            Title text required
            Area choice [Building, Network] = Network
            Floors choices [Ground, First]
            Seats integer
            Urgent boolean = false
            Due_x0020_date text
            Start text
            Budget number
            Owner text required
            """
        );

        var call = await app.CallAsync(
            """
            {"Title":"More seats","Area":"Building","Floors":["Ground"],"Seats":4,"Urgent":true,"Due_x0020_date":"2026-12-01",
            "Start":"2026-12-02T10:00:00Z","Budget":10.5,"Owner":"31"}
            """
        );
        AdapterApp.AssertSame(
            """
            {"fields":{"Title":"More seats","Area":"Building","Floors":["Ground"],"Floors@odata.type":"Collection(Edm.String)",
            "Seats":4,"Urgent":true,
              "Due_x0020_date":"2026-12-01T12:00:00Z","Start":"2026-12-02T10:00:00Z","Budget":10.5,"OwnerLookupId":"31"}}
            """,
            app.Sent
        );
        call.AssertReceipt("\"17\"", "\"17\"", "submitted", "https://contoso.example/sites/it/Lists/Requests/17_.000");
        app.Refuse("microsoft-lists");
        await app.AssertRefusedAsync(
            """{"Title":"x","Owner":"31"}""",
            "Field 'Seats' is not valid.",
            "Seats: The value must be at most 20."
        );
    }
}
