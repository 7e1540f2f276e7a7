using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Adapters;

/// <summary>With an adapter of one's own: the list, the call and what is sent.</summary>
public sealed class AdapterJourneyTests : AdapterTests
{
    [Fact]
    public async Task A_form_is_listed_filled_in_and_submitted_as_the_adapter_says()
    {
        await using var app = await StartAsync(
            Adapted.Adapter(
                Fields,
                "{to: settings.queue, fields: values, seen: labels, nothing: values.none, list: [values.none, {a: values.none}]}",
                "{id: made.no, number: made.key, url: made.web, status: made.state}"
            ),
            ("Forms:0:Values:queue", "it")
        );
        Api.OnSubmit = context =>
            FakeFormApi.Json(
                context,
                """{"made":{"no":98765432109876543210,"key":"D-1","web":"https://desk.example/D-1","state":"new"}}""",
                201
            );
        var schema = await app.SchemaAsync();
        Assert.Equal(["subject", "urgency", "count"], schema["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal("""["Low","High"]""", schema["properties"]!["urgency"]!["enum"]!.ToJsonString());

        var call = await app.CallAsync("""{"subject":"No toner","urgency":"high","count":1.50}""");
        Assert.False(call.IsError, call.Body);
        Assert.Equal(
            """{"to":"it","fields":{"subject":"No """
                + """toner","customfield_10010":{"id":12345678901234567890},"count":1.50},"seen":{"subject":"No """
                + """toner","customfield_10010":"High","count":1.50},"list":[null,{}]}""",
            app.Sent
        );
        var receipt = call.Result["structuredContent"]!;
        Assert.Equal("98765432109876543210", receipt["id"]!.ToJsonString());
        Assert.Equal(
            ("D-1", "https://desk.example/D-1", "new"),
            ((string?)receipt["number"], (string?)receipt["url"], (string?)receipt["status"])
        );
        Assert.Equal("application/json", Api.Submissions[0].Headers["Content-Type"]);
        Assert.NotEmpty(Api.Submissions[0].Headers["Idempotency-Key"].ToString());
    }

    [Fact]
    public async Task A_body_that_the_expression_does_not_give_is_not_sent()
    {
        await using var app = await StartAsync(Adapted.Adapter(Fields, "values.none"));
        var call = await app.CallAsync("""{"subject":"x"}""");
        Assert.Equal("submission_failed", call.ErrorCode);
        Assert.Contains("Nothing was sent", call.Text, StringComparison.Ordinal);
        Assert.Empty(Api.Submissions);
        Assert.Contains("'submit.body' gave null", Assert.Single(app.App.Log.Of(2005)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_fields_the_answer_is_a_field_list_and_without_submit_calls_are_recorded()
    {
        Api.ServeFields(Infrastructure.Given.Fields);
        await using var app = await AdapterApp.OfTextAsync(Api, """{"form":{"get":{"form":"{site}/form"}}}""");
        Assert.Equal(
            ["subject", "priority"],
            (await app.SchemaAsync())["properties"]!.AsObject().Select(property => property.Key)
        );
        var call = await app.CallAsync(Infrastructure.Given.Call);
        Assert.Equal("pending", (string?)call.Result["structuredContent"]!["status"]);
        Assert.Empty(Api.Submissions);
    }

    [Fact]
    public async Task The_same_bytes_are_read_once_for_all_callers_and_not_by_another_adapter()
    {
        var other = Adapted.File(Adapted.Adapter("form.items[?must].{key: id}"));
        await using var app = await StartAsync(
            Adapted.Adapter(Fields),
            ("Forms:1:Tool", "other"),
            ("Forms:1:Adapter", other),
            ("Forms:1:Values:site", "{address}")
        );
        var first = await app.ListAsync();
        Assert.Equal(
            ["subject", "urgency", "count"],
            first.Tool("create_request")["inputSchema"]!["properties"]!.AsObject().Select(property => property.Key)
        );
        Assert.Equal(["subject"], first.Tool("other")["inputSchema"]!["properties"]!.AsObject().Select(property => property.Key));
        Assert.Empty(app.App.Log.Of(1011));
        await app.App.Rpc.ListAsync(Infrastructure.Given.OtherToken);
        Assert.Equal(2, app.App.Log.Of(1011).Count());
        File.Delete(other);
    }

    [Fact]
    public async Task A_token_goes_under_the_forms_scheme_with_its_fixed_headers_and_neither_is_ever_shown()
    {
        await using var app = await StartAsync(
            Adapted.Adapter(Fields),
            ("Forms:0:Scheme", "Apikey"),
            ("Forms:0:Headers:X-Gateway-Key", "hunter2-of-the-gateway")
        );
        await app.ListAsync();
        await app.CallAsync("""{"subject":"x"}""");
        Assert.Equal(2, Api.Calls.Count);
        Assert.All(
            Api.Calls,
            call =>
            {
                Assert.Equal($"Apikey {Infrastructure.Given.Token}", call.Headers.Authorization.ToString());
                Assert.Equal("hunter2-of-the-gateway", call.Headers["X-Gateway-Key"].ToString());
            }
        );
        Assert.DoesNotContain(app.App.Log.Lines, line => line.Text.Contains("hunter2", StringComparison.Ordinal));
    }
}
