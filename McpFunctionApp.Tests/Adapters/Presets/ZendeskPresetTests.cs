namespace McpFunctionApp.Tests.Adapters.Presets;

public sealed class ZendeskPresetTests
{
    [Fact]
    public async Task Zendesk_lists_a_ticket_forms_fields_in_its_order_and_creates_a_request()
    {
        await using var app = await AdapterApp.OfPresetAsync("zendesk", ("Forms:0:Values:ticketForm", "42"));
        await app.AssertFormAsync(
            """
            subject text required
            description text required
            priority choice [Low, Urgent]
            device choice [Office > Printer, Laptop] = Laptop
            pages integer
            rooms choices [North, South]
            loan_wanted boolean
            since text
            value number
            asset text
            """
        );

        var call = await app.CallAsync(
            """
            {"subject":"No toner","description":"Since today","priority":"Urgent","device":"Office > Printer","pages":12,
            "rooms":["North","South"],
             "loan_wanted":false,"since":"2026-11-25","value":2.50,"asset":"A-0042"}
            """
        );
        AdapterApp.AssertSame(
            """
            {"request":{"subject":"No toner","comment":{"body":"Since today"},"priority":"urgent","ticket_form_id":42,
            "custom_fields":[
              {"id":1005,"value":"printer"},{"id":1006,"value":12},{"id":36000000000000000001,"value":["room_n","room_s"]},
              {"id":1007,"value":false},{"id":1008,"value":"2026-11-25"},{"id":1009,"value":2.50},{"id":1011,"value":"A-0042"}]}}
            """,
            app.Sent
        );
        call.AssertReceipt("35436", "35436", "new", null);
        Assert.Equal("invalid_arguments", (await app.CallAsync("""{"subject":"x","description":"y","asset":"B"}""")).ErrorCode);
        app.Refuse("zendesk");
        await app.AssertRefusedAsync(
            """{"subject":"x","description":"y"}""",
            "Record validation errors",
            "pages: Pages: is too large",
            "subject: Subject: cannot be blank"
        );
    }
}
