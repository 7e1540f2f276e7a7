namespace McpFunctionApp.Tests.Adapters.Presets;

public sealed class ServiceOpsPresetTests
{
    [Fact]
    public async Task ServiceOps_lists_its_form_and_creates_a_request_of_its_own_kind()
    {
        await using var app = await AdapterApp.OfPresetAsync("serviceops", ("Forms:0:Values:requester", "sam@example.com"));
        await app.AssertFormAsync(
            """
            subject text required
            priority choice required [Low, High]
            cost_center text required
            devices choices [Laptop, Phone]
            count_1 integer
            place choice [Europe > Berlin, Europe > Vienna]
            needed_by text
            """
        );

        var call = await app.CallAsync(
            """
            {"subject":"No toner","priority":"High","cost_center":"CC-7","devices":["Phone"],"count_1":3,
            "place":"Europe > Berlin","needed_by":"2026-12-01"}
            """
        );
        AdapterApp.AssertSame(
            """
            {"subject":"No toner","requesterEmail":"sam@example.com","priorityName":"High","customField":{"Cost Center":"CC-7",
            "Devices":["Phone"],"Count":3,"Place":"Berlin","Needed By":1796083200000}}
            """,
            app.Sent
        );
        call.AssertReceipt("46", "\"INC-46\"", "Open", null);
        app.Refuse("serviceops");
        await app.AssertRefusedAsync(
            """{"subject":"x","priority":"Low","cost_center":"CC-8"}""",
            "Cost Center is not one of yours."
        );
    }
}
