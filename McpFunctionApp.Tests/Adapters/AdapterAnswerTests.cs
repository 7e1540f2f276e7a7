using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Adapters;

/// <summary>With an adapter of one's own, everything that a system may answer.</summary>
public sealed class AdapterAnswerTests : AdapterTests
{
    [Theory]
    [InlineData("{message: why, problems: wrong}", """{"why":"No.","wrong":{"customfield_10010":"Not now."}}""")]
    [InlineData(
        "{message: why, problems: wrong[].{field: f, message: m}}",
        """{"why":"No.","wrong":[{"f":"customfield_10010","m":"Not now."}]}"""
    )]
    [InlineData("{message: [why], problems: wrong}", """{"why":"No.","wrong":{"customfield_10010":["Not now."]}}""")]
    [InlineData("{message: nothing}", """{"message":"No.","errors":{"customfield_10010":"Not now."}}""")]
    [InlineData("nothing", """{"message":"No.","errors":{"customfield_10010":"Not now."}}""")]
    [InlineData("sort(nothing)", """{"message":"No.","errors":{"customfield_10010":"Not now."}}""")]
    public async Task A_refusal_arrives_with_its_fields_under_the_parameters_names_by_the_expression_or_in_the_usual_shapes(
        string refusal,
        string answer
    )
    {
        await using var app = await StartAsync(Adapted.Adapter(Fields, refusal: refusal));
        Api.OnSubmit = context => FakeFormApi.Json(context, answer, 422);
        var call = await app.CallAsync("""{"subject":"x","urgency":"Low"}""");
        Assert.Equal("submission_failed", call.ErrorCode);
        Assert.Contains("(422: No.)", call.Text, StringComparison.Ordinal);
        Assert.Contains("urgency: Not now.", call.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{id: none}")]
    [InlineData("none")]
    [InlineData("'text'")]
    [InlineData("sort(none)")]
    public async Task A_receipt_that_the_expression_does_not_give_is_found_in_the_usual_places(string receipt)
    {
        await using var app = await StartAsync(Adapted.Adapter(Fields, receipt: receipt));
        Api.OnSubmit = context => FakeFormApi.Json(context, """{"ticket":{"id":7,"status":"open"}}""");
        var call = await app.CallAsync("""{"subject":"x"}""");
        Assert.Equal("7", call.Result["structuredContent"]!["id"]!.ToJsonString());
        Assert.Equal("open", (string?)call.Result["structuredContent"]!["status"]);
    }

    [Theory]
    [InlineData("<!doctype html><html></html>")]
    [InlineData("")]
    public async Task An_answer_that_is_no_JSON_is_what_it_is_without_an_adapter(string answer)
    {
        await using var app = await StartAsync(Adapted.Adapter(Fields, receipt: "{id: id}"));
        Api.OnSubmit = context => FakeFormApi.Json(context, answer);
        var call = await app.CallAsync("""{"subject":"x"}""");
        Assert.Equal(answer.Length > 0 ? "submission_outcome_unknown" : null, call.ErrorCode);
    }

    [Theory]
    [InlineData("null", "gave null, and not a list of fields")]
    [InlineData("form.nothing", "gave null, and not a list of fields")]
    [InlineData("form", "gave an object of 1 members, and not a list of fields")]
    [InlineData("'text'", "gave a text, and not a list of fields")]
    [InlineData("form.items[].label", "none of its fields can be read")]
    [InlineData("sort(form)", "cannot be evaluated")]
    public async Task An_expression_that_gives_no_fields_makes_the_form_malformed_and_is_named_in_the_log(
        string fields,
        string expected
    )
    {
        await using var app = await StartAsync(Adapted.Adapter(fields == "null" ? "`null`" : fields));
        var list = await app.ListAsync();
        Assert.Equal(["add", "echo", "multiply"], list.ToolNames);
        Assert.Equal("malformed", list.FallbackReason);
        var line = Assert.Single(app.App.Log.Of(1002));
        Assert.Contains(expected, line.Text, StringComparison.Ordinal);
        if (!expected.StartsWith("none", StringComparison.Ordinal))
        {
            Assert.Contains("'form.fields'", line.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("<html>", "malformed")]
    [InlineData("", "malformed")]
    [InlineData("7", "malformed")]
    [InlineData("{\"items\":[]}", "empty")]
    [InlineData("{\"items\":[{\"id\":\"a\",\"id\":\"b\"}]}", null)]
    [InlineData("{\"items\":[{\"id\":\"a\",\"label\":\"\\ud800\",\"\\ud800\":1}]}", null)]
    public async Task Whatever_is_answered_is_a_form_or_a_reason(string answer, string? reason)
    {
        Api.OnForm = context => FakeFormApi.Json(context, answer);
        await using var app = await StartAsync(Adapted.Adapter(Fields));
        var list = await app.ListAsync();
        Assert.Equal(reason, list.FallbackReason);
        Assert.Equal(reason is null, list.ToolNames.Contains("create_request"));
    }

    [Fact]
    public async Task An_answer_that_is_too_deep_or_too_large_is_malformed()
    {
        await using var app = await StartAsync(
            Adapted.Adapter(Fields),
            ("Schemas:MaxAdapterBytes", "4096"),
            ("Schemas:FailureTtlSeconds", "1")
        );
        Api.OnForm = context => FakeFormApi.Json(context, $$"""{"items":{{new string('[', 70)}}{{new string(']', 70)}}}""");
        Assert.Equal("malformed", (await app.ListAsync()).FallbackReason);
        Api.OnForm = context => FakeFormApi.Json(context, $$"""{"items":[],"more":"{{new string('x', 5_000)}}"}""");
        var other = await app.App.Rpc.ListAsync(Infrastructure.Given.OtherToken);
        Assert.Equal("malformed", other.FallbackReason);
        Assert.Contains(
            app.App.Log.Of(1002),
            line => line.Text.Contains("its answer is larger than Schemas:MaxAdapterBytes (4096)", StringComparison.Ordinal)
        );
    }
}
