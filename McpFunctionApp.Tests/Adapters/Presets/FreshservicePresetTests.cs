namespace McpFunctionApp.Tests.Adapters.Presets;

public sealed class FreshservicePresetTests
{
    [Fact]
    public async Task Freshservice_lists_the_ticket_forms_fields_and_creates_a_ticket()
    {
        await using var app = await AdapterApp.OfPresetAsync("freshservice", ("Forms:0:Scheme", "Basic"));
        await app.AssertFormAsync(
            """
            requester text required
            subject text required
            priority choice [Low, Medium, High]
            description text required
            category choice required [Hardware > Printer > Toner, Hardware > Printer > Paper, Office]
            floor choice [Ground, First]
            tools choices [Ladder, Drill]
            pieces integer
            on_site boolean
            visit_on text
            country choice [Austria > Graz]
            """
        );

        var call = await app.CallAsync(
            """
            {"requester":"sam@example.com","subject":"No toner","priority":"High","description":"Since today",
            "category":"Hardware > Printer > Toner",
             "floor":"First","tools":["Drill"],"pieces":2,"on_site":true,"visit_on":"2026-11-26","country":"Austria > Graz"}
            """
        );
        AdapterApp.AssertSame(
            """
            {"email":"sam@example.com","subject":"No toner","priority":3,"status":2,"description":"Since today",
             "category":"Hardware","sub_category":"Printer","item_category":"Toner",
             "custom_fields":{"floor":"First","tools":["Drill"],"pieces":2,"on_site":true,"visit_on":"2026-11-26",
             "country":"Austria","city":"Graz"}}
            """,
            app.Sent
        );
        Assert.Equal($"Basic {Infrastructure.Given.Token}", app.Api.Submissions[0].Headers.Authorization.ToString());
        call.AssertReceipt("264", "264", "Open", null);

        await app.CallAsync("""{"requester":"sam@example.com","subject":"x","description":"y","category":"Office"}""");
        AdapterApp.AssertSame(
            """{"email":"sam@example.com","subject":"x","priority":2,"status":2,"description":"y","category":"Office"}""",
            app.Sent
        );
        app.Refuse("freshservice");
        await app.AssertRefusedAsync(
            """{"requester":"sam@example.com","subject":"x","description":"y","category":"Office"}""",
            "Validation failed",
            "pieces: It should be a/an Integer",
            "subject: It is too long"
        );
    }
}
