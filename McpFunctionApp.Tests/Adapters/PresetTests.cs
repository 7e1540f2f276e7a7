using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Adapters;

/// <summary>Each preset before a system that answers in the shape of the vendor's public documentation, with answers made up
/// here.</summary>
public sealed class PresetTests
{
    [Fact]
    public async Task Jira_Service_Management_lists_a_request_types_fields_and_creates_a_request()
    {
        await using var app = await AdapterApp.OfPresetAsync(
            "jira-service-management",
            ("Forms:0:Values:serviceDesk", "7"),
            ("Forms:0:Values:requestType", "21")
        );
        await AssertFormAsync(
            app,
            """
            summary text required
            affected_service choice [Mail, Wiki] = Mail
            site choice required [Europe > Berlin, Europe > Vienna, At home]
            devices choices [Laptop, Phone]
            labels choices
            needed_at text
            duedate text
            cost number
            """
        );

        var call = await app.CallAsync(
            """
            {"summary":"New phone","affected_service":"Wiki","site":"Europe > Vienna","devices":["Phone"],"labels":["urgent"],
             "needed_at":"2026-12-01T09:30:00+01:00","duedate":"2026-12-24","cost":99.50}
            """
        );
        AdapterApp.AssertSame(
            """
            {"serviceDeskId":"7","requestTypeId":"21","requestFieldValues":{
              "summary":"New phone","customfield_10040":{"id":"102"},"customfield_10041":{"id":"201","child":{"id":"302"}},
              "customfield_10042":[{"id":"402"}],
              "labels":["urgent"],"customfield_10043":"2026-12-01T08:30:00.000+0000","duedate":"2026-12-24",
              "customfield_10044":99.50}}
            """,
            app.Sent
        );
        AssertReceipt(
            call,
            "\"DESK-118\"",
            "\"DESK-118\"",
            "Waiting for support",
            "https://desk.example/servicedesk/customer/portal/7/DESK-118"
        );

        await app.CallAsync("""{"summary":"x","site":"At home"}""");
        AdapterApp.AssertSame(
            """{"serviceDeskId":"7","requestTypeId":"21","requestFieldValues":{"summary":"x","customfield_10040":"""
                + """{"id":"101"},"customfield_10041":{"id":"202"}}}""",
            app.Sent
        );
        app.Refuse("jira-service-management");
        await AssertRefusedAsync(
            app,
            """{"summary":"x","site":"At home"}""",
            "Your request could not be created.",
            "cost: The number is too large for this budget.",
            "summary: This summary is used already."
        );
    }

    [Fact]
    public async Task ServiceNow_lists_a_catalog_items_variables_and_orders_it()
    {
        await using var app = await AdapterApp.OfPresetAsync(
            "servicenow",
            ("Forms:0:Values:item", "3f1dd0320a0a0b99000a53f7604a2ef9")
        );
        await AssertFormAsync(
            app,
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
        AssertReceipt(call, "\"e22a4f6d1b21f810a2a1337f23dd4bcb\"", "\"REQ0010415\"", "submitted", null);
        app.Refuse("servicenow");
        await AssertRefusedAsync(
            app,
            """{"model":"Thirteen inch","reason":"x","cost_center":"a1"}""",
            "Mandatory variables are required; The item is not for your department"
        );
    }

    [Fact]
    public async Task Zendesk_lists_a_ticket_forms_fields_in_its_order_and_creates_a_request()
    {
        await using var app = await AdapterApp.OfPresetAsync("zendesk", ("Forms:0:Values:ticketForm", "42"));
        await AssertFormAsync(
            app,
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
        AssertReceipt(call, "35436", "35436", "new", null);
        Assert.Equal("invalid_arguments", (await app.CallAsync("""{"subject":"x","description":"y","asset":"B"}""")).ErrorCode);
        app.Refuse("zendesk");
        await AssertRefusedAsync(
            app,
            """{"subject":"x","description":"y"}""",
            "Record validation errors",
            "pages: Pages: is too large",
            "subject: Subject: cannot be blank"
        );
    }

    [Fact]
    public async Task Freshservice_lists_the_ticket_forms_fields_and_creates_a_ticket()
    {
        await using var app = await AdapterApp.OfPresetAsync("freshservice", ("Forms:0:Scheme", "Basic"));
        await AssertFormAsync(
            app,
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
        AssertReceipt(call, "264", "264", "Open", null);

        await app.CallAsync("""{"requester":"sam@example.com","subject":"x","description":"y","category":"Office"}""");
        AdapterApp.AssertSame(
            """{"email":"sam@example.com","subject":"x","priority":2,"status":2,"description":"y","category":"Office"}""",
            app.Sent
        );
        app.Refuse("freshservice");
        await AssertRefusedAsync(
            app,
            """{"requester":"sam@example.com","subject":"x","description":"y","category":"Office"}""",
            "Validation failed",
            "pieces: It should be a/an Integer",
            "subject: It is too long"
        );
    }

    [Fact]
    public async Task Microsoft_Lists_lists_a_lists_columns_and_creates_an_item()
    {
        await using var app = await AdapterApp.OfPresetAsync(
            "microsoft-lists",
            ("Forms:0:Values:graph", "{address}"),
            ("Forms:0:Values:site", "contoso.example,11,22"),
            ("Forms:0:Values:list", "Requests")
        );
        await AssertFormAsync(
            app,
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
        AssertReceipt(call, "\"17\"", "\"17\"", "submitted", "https://contoso.example/sites/it/Lists/Requests/17_.000");
        app.Refuse("microsoft-lists");
        await AssertRefusedAsync(
            app,
            """{"Title":"x","Owner":"31"}""",
            "Field 'Seats' is not valid.",
            "Seats: The value must be at most 20."
        );
    }

    [Fact]
    public async Task ServiceOps_lists_its_form_and_creates_a_request_of_its_own_kind()
    {
        await using var app = await AdapterApp.OfPresetAsync("serviceops", ("Forms:0:Values:requester", "sam@example.com"));
        await AssertFormAsync(
            app,
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
        AssertReceipt(call, "46", "\"INC-46\"", "Open", null);
        app.Refuse("serviceops");
        await AssertRefusedAsync(
            app,
            """{"subject":"x","priority":"Low","cost_center":"CC-8"}""",
            "Cost Center is not one of yours."
        );
    }

    /// <param name="expected">A line for each parameter: name, kind, whether it is required, options, default.</param>
    private static async Task AssertFormAsync(AdapterApp app, string expected)
    {
        var schema = await app.SchemaAsync();
        var required = schema["required"]?.AsArray().Select(name => (string)name!).ToHashSet() ?? [];
        var lines = schema["properties"]!
            .AsObject()
            .Select(property => Line(property.Key, property.Value!, required.Contains(property.Key)));
        Assert.Equal(expected, string.Join('\n', lines));
        Assert.DoesNotContain(app.App.Log.Of(1006), _ => true);
    }

    private static string Line(string name, JsonNode property, bool isRequired)
    {
        var options = (property["enum"] ?? property["items"]?["enum"])?.AsArray().Select(option => (string)option!);
        var kind = (string)property["type"]! switch
        {
            "array" => "choices",
            "string" => options is null ? "text" : "choice",
            var other => other,
        };
        return $"{name} {kind}{(isRequired ? " required" : "")}{(options is null ? "" : $" [{string.Join(", ", options)}]")}"
            + $"{(property["default"] is { } given ? $" = {given}" : "")}";
    }

    private static void AssertReceipt(RpcAnswer call, string id, string number, string status, string? url)
    {
        Assert.False(call.IsError, call.Body);
        var receipt = call.Result["structuredContent"]!;
        Assert.Equal(
            (id, number, status, url),
            (
                receipt["id"]!.ToJsonString(),
                receipt["number"]?.ToJsonString(),
                (string?)receipt["status"],
                (string?)receipt["url"]
            )
        );
    }

    private static async Task AssertRefusedAsync(AdapterApp app, string arguments, string message, params string[] problems)
    {
        var call = await app.CallAsync(arguments);
        Assert.Equal("submission_failed", call.ErrorCode);
        Assert.Contains(message, call.Text, StringComparison.Ordinal);
        Assert.Equal(problems.Order(), call.Text.Split('\n')[1..].Order());
    }
}
