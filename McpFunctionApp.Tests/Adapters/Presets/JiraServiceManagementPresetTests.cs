namespace McpFunctionApp.Tests.Adapters.Presets;

public sealed class JiraServiceManagementPresetTests
{
    [Fact]
    public async Task Jira_Service_Management_lists_a_request_types_fields_and_creates_a_request()
    {
        await using var app = await AdapterApp.OfPresetAsync(
            "jira-service-management",
            ("Forms:0:Values:serviceDesk", "7"),
            ("Forms:0:Values:requestType", "21")
        );
        await app.AssertFormAsync(
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
        call.AssertReceipt(
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
        await app.AssertRefusedAsync(
            """{"summary":"x","site":"At home"}""",
            "Your request could not be created.",
            "cost: The number is too large for this budget.",
            "summary: This summary is used already."
        );
    }
}
