using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Adapters;

/// <summary>An adapter of one's own: the list, the call, the answer, and everything that a system may answer instead.</summary>
public sealed class AdapterJourneyTests : IAsyncLifetime
{
    private const string Fields =
        "form.items[].{key: id, name: label, required: must, kind: kind, options: choices[].{label: text, value: {id: no}}}";

    private const string Form = """
        {"items":[
          {"id":"subject","label":"Subject","must":true},
          {"id":"customfield_10010","label":"Urgency","choices":[{"text":"Low","no":2.50},{"text":"High",
          "no":12345678901234567890}]},
          {"id":"count","label":"Count","kind":"number"}]}
        """;

    // So many that an expression still runs for one caller when it begins for others.
    private static readonly string[] s_items = [.. Enumerable.Range(0, 150).Select(i => $"f{i}")];

    private FakeFormApi _api = null!;

    public async Task InitializeAsync()
    {
        _api = await FakeFormApi.StartAsync();
        _api.OnForm = context => FakeFormApi.Json(context, Form);
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

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
        _api.OnSubmit = context =>
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
        Assert.Equal("application/json", _api.Submissions[0].Headers["Content-Type"]);
        Assert.NotEmpty(_api.Submissions[0].Headers["Idempotency-Key"].ToString());
    }

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
        _api.OnSubmit = context => FakeFormApi.Json(context, answer, 422);
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
        _api.OnSubmit = context => FakeFormApi.Json(context, """{"ticket":{"id":7,"status":"open"}}""");
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
        _api.OnSubmit = context => FakeFormApi.Json(context, answer);
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
        _api.OnForm = context => FakeFormApi.Json(context, answer);
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
        _api.OnForm = context => FakeFormApi.Json(context, $$"""{"items":{{new string('[', 70)}}{{new string(']', 70)}}}""");
        Assert.Equal("malformed", (await app.ListAsync()).FallbackReason);
        _api.OnForm = context => FakeFormApi.Json(context, $$"""{"items":[],"more":"{{new string('x', 5_000)}}"}""");
        var other = await app.App.Rpc.ListAsync(Infrastructure.Given.OtherToken);
        Assert.Equal("malformed", other.FallbackReason);
        Assert.Contains(
            app.App.Log.Of(1002),
            line => line.Text.Contains("its answer is larger than Schemas:MaxAdapterBytes (4096)", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_body_that_the_expression_does_not_give_is_not_sent()
    {
        await using var app = await StartAsync(Adapted.Adapter(Fields, "values.none"));
        var call = await app.CallAsync("""{"subject":"x"}""");
        Assert.Equal("submission_failed", call.ErrorCode);
        Assert.Contains("Nothing was sent", call.Text, StringComparison.Ordinal);
        Assert.Empty(_api.Submissions);
        Assert.Contains("'submit.body' gave null", Assert.Single(app.App.Log.Of(2005)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_fields_the_answer_is_a_field_list_and_without_submit_calls_are_recorded()
    {
        _api.ServeFields(Infrastructure.Given.Fields);
        await using var app = await AdapterApp.OfTextAsync(_api, """{"form":{"get":{"form":"{site}/form"}}}""");
        Assert.Equal(
            ["subject", "priority"],
            (await app.SchemaAsync())["properties"]!.AsObject().Select(property => property.Key)
        );
        var call = await app.CallAsync(Infrastructure.Given.Call);
        Assert.Equal("pending", (string?)call.Result["structuredContent"]!["status"]);
        Assert.Empty(_api.Submissions);
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
        Assert.Equal(2, _api.Calls.Count);
        Assert.All(
            _api.Calls,
            call =>
            {
                Assert.Equal($"Apikey {Infrastructure.Given.Token}", call.Headers.Authorization.ToString());
                Assert.Equal("hunter2-of-the-gateway", call.Headers["X-Gateway-Key"].ToString());
            }
        );
        Assert.DoesNotContain(app.App.Log.Lines, line => line.Text.Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(200, 200, null)]
    [InlineData(401, 403, "rejected")]
    [InlineData(403, 401, "rejected")]
    [InlineData(200, 403, "forbidden")]
    [InlineData(503, 403, "forbidden")]
    [InlineData(503, 429, "busy")]
    [InlineData(302, 503, "unavailable")]
    [InlineData(302, 200, "malformed")]
    public async Task Several_addresses_are_asked_at_once_and_the_worst_answer_counts(int first, int second, string? reason)
    {
        var both = new TaskCompletionSource();
        var asked = 0;
        _api.OnForm = async context =>
        {
            if (Interlocked.Increment(ref asked) == 2)
            {
                both.SetResult();
            }

            // Each answers once the other has been asked, too.
            await both.Task.WaitAsync(TimeSpan.FromSeconds(20));
            var isFirst = context.Request.Path == "/one";
            await FakeFormApi.Json(
                context,
                isFirst ? """{"ids":["b","a"]}""" : """{"names":{"a":"Alpha","b":"Beta"}}""",
                isFirst ? first : second
            );
        };
        await using var app = await AdapterApp.OfTextAsync(
            _api,
            """
            {"form":{"get":{"one":"{site}/one","two":"{site}/two"},"fields":["let $names = items(two.names)",
            "in one.ids[].{key: @, name: let $id = @ in ($names[?[0] == $id] | [0])[1]}"]}}
            """,
            ("Forms:0:TimeoutSeconds", "30")
        );
        var list = await app.ListAsync();
        Assert.Equal(reason, list.FallbackReason);
        Assert.Equal(2, asked);
        if (reason is null)
        {
            var properties = list.Tool("create_request")["inputSchema"]!["properties"]!.AsObject();
            Assert.Equal(
                ["b Beta", "a Alpha"],
                properties.Select(property => $"{property.Key} {property.Value!["description"]}")
            );
        }
    }

    [Fact]
    public async Task Callers_whose_forms_differ_and_who_come_at_once_each_get_their_own()
    {
        const string fields =
            "let $owner = form.owner in form.items[].{key: @, param: join('_', [@, $owner]), name: $.form.owner}";
        await using var app = await StartAsync(
            Adapted.Adapter(fields),
            ("RateLimit:PermitsPerMinute", "0"),
            ("Forms:0:TimeoutSeconds", "30")
        );
        for (var wave = 0; wave < 4; wave++)
        {
            var tokens = Enumerable.Range(32 * wave, 32).Select(i => $"token-of-somebody-{i:x8}").ToList();
            _api.OnForm = AllAtOnce(
                tokens.Count,
                owner => $$"""{"owner":"{{owner}}","items":["{{string.Join("\",\"", s_items)}}"]}"""
            );
            await Task.WhenAll(tokens.Select(token => AssertOwnAsync(app, token)));
        }
    }

    /// <summary>Answers nobody before all have asked, so that all answers are read in the same moment.</summary>
    private static Func<HttpContext, Task> AllAtOnce(int callers, Func<string, string> form)
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        return async context =>
        {
            if (Interlocked.Increment(ref asked) == callers)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(TimeSpan.FromSeconds(20));
            await FakeFormApi.Json(context, form(FakeFormApi.TokenOf(context)![^8..]));
        };
    }

    private static async Task AssertOwnAsync(AdapterApp app, string token)
    {
        var list = await app.App.Rpc.ListAsync(token);
        var properties = list.Tool("create_request")["inputSchema"]!["properties"]!.AsObject();
        Assert.Equal(s_items.Select(item => $"{item}_{token[^8..]}"), properties.Select(property => property.Key));
        Assert.All(
            properties,
            property => Assert.Contains(token[^8..], property.Value!["description"]!.ToString(), StringComparison.Ordinal)
        );
    }

    private Task<AdapterApp> StartAsync(string adapter, params (string Name, string? Value)[] settings) =>
        AdapterApp.OfTextAsync(_api, adapter, settings);
}
