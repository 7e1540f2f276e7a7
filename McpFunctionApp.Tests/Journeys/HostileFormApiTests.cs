using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Stress;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>What a form API gains by cookies, redirects and by repeating what it was sent: nothing.</summary>
public sealed class HostileFormApiTests
{
    private const string Token = "Zq3+vT8/kLw0-R5nYb2.Hs7_Jd9~Gf4Xc6Mp1Aa==";
    private const string Fields = """{"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true}""";

    private static readonly TokenHunt s_hunt = new([Token]);

    [Fact]
    public async Task Cookies_of_the_form_API_are_never_sent_back_to_it()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Fields);
        var (form, submit) = (api.OnForm, api.OnSubmit);
        api.OnForm = context => form(WithCookie(context));
        api.OnSubmit = context => submit(WithCookie(context));
        await using var app = await TestApp.StartAsync(
            api,
            settings: EveryLogLine.Settings(("Forms:0:SubmitUrl", api.SubmitUrl))
        );
        foreach (var token in new[] { "the-first-caller", "the-second-caller" })
        {
            await app.Rpc.ListAsync(token);
            Assert.False((await app.Rpc.CallAsync("create_request", """{"subject":"Hello"}""", token)).IsError);
        }

        Assert.Equal(4, api.Calls.Count);
        Assert.DoesNotContain(api.Calls, call => call.Headers.ContainsKey("Cookie"));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed_and_takes_the_token_nowhere(int status)
    {
        await using var elsewhere = await FakeFormApi.StartAsync();
        elsewhere.ServeFields(Fields);
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Fields);
        api.OnSubmit = context => RedirectAsync(context, elsewhere.SubmitUrl, status);
        await using var app = await TestApp.StartAsync(
            api,
            settings: EveryLogLine.Settings(("Forms:0:SubmitUrl", api.SubmitUrl))
        );
        var call = await app.Rpc.CallAsync("create_request", """{"subject":"Hello"}""", Token);
        Assert.Equal("submission_failed", call.ErrorCode);

        api.OnForm = context => RedirectAsync(context, elsewhere.FormUrl, status);
        var list = await app.Rpc.ListAsync("another-caller-without-a-cached-form");
        Assert.Equal("malformed", list.FallbackReason);
        Assert.Empty(elsewhere.Calls);
        Assert.DoesNotContain(elsewhere.Address, list.Body + call.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Token)]
    [InlineData("""Zq3\u002bvT8/kLw0-R5nYb2.Hs7_Jd9~Gf4Xc6Mp1Aa==""")]
    [InlineData("""Zq3+vT8\/kLw0-R5nYb2.Hs7_Jd9~Gf4Xc6Mp1Aa==""")]
    public async Task A_form_that_repeats_the_token_is_not_shown_and_not_logged(string repeated)
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(
            $$"""{{Fields}},{"name":"Hello {{repeated}}","description":"for {{repeated}}","options":"no """
                + $$"""list"},{"name":"Note","paramName":"note","description":"for {{repeated}}"}"""
        );
        await using var app = await TestApp.StartAsync(api, settings: EveryLogLine.Settings());
        var list = await app.Rpc.ListAsync(Token);
        s_hunt.AssertNothingIn(list);
        s_hunt.AssertNothingIn(app.Log);
        Assert.Equal("malformed", list.FallbackReason);
    }

    private static readonly string[] s_hidden =
    [
        string.Concat(Token.Select(c => $"&#{(int)c};")),
        string.Concat(Token.Select(c => $"&#x{(int)c:x};")),
        string.Join("\\u200b", Token.Chunk(9).Select(piece => new string(piece))),
        string.Join("\\u00ad", Token.Chunk(9).Select(piece => new string(piece))),
        string.Join("\\ufe0f", Token.Chunk(5).Select(piece => new string(piece))),
        string.Join("&#8203;", Token.Chunk(9).Select(piece => new string(piece))),
    ];

    public static TheoryData<string> Hidden => [.. s_hidden];

    [Theory]
    [MemberData(nameof(Hidden))]
    public async Task A_token_that_cleaning_a_text_brings_to_light_is_not_shown_and_not_logged(string hidden)
    {
        foreach (
            var fields in (string[])
                [
                    $$"""{{Fields}},{"name":"Note","paramName":"note","type":"TextFieldRest","description":"for {{hidden}}"}""",
                    $$"""{{Fields}},"""
                        + $$"""{"name":"Pick","paramName":"pick","type":"DropDownFieldRest","options":["one","{{hidden}}"]}""",
                    $$"""{{Fields}},{"name":"{{hidden}}","paramName":"note","type":"NoSuchFieldRest","required":true}""",
                ]
        )
        {
            await using var api = await FakeFormApi.StartAsync();
            api.ServeFields(fields);
            await using var app = await TestApp.StartAsync(api, settings: EveryLogLine.Settings());
            foreach (var perRequest in new[] { false, true })
            {
                s_hunt.AssertNothingIn(await app.Rpc.ListAsync(Token, perRequest));
            }

            s_hunt.AssertNothingIn(app.Log);
        }
    }

    [Theory]
    [InlineData("&#90;q3+vT8/kLw0-R5nYb2.Hs7_Jd9~Gf4Xc6Mp1Aa==")]
    [InlineData("Zq3+vT8/kLw0-R5nYb2<b></b>.Hs7_Jd9~Gf4Xc6Mp1Aa==")]
    [InlineData("Zq3+vT8/kLw0-\u200dR5nYb2.Hs7_Jd9~Gf4Xc6Mp1Aa==")]
    public async Task A_description_with_the_hidden_token_makes_the_form_malformed_for_its_owner_alone(string hidden)
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields($$"""{"name":"Subject","paramName":"subject","type":"TextFieldRest","description":"for {{hidden}}"}""");
        await using var app = await TestApp.StartAsync(api);
        Assert.Equal("malformed", (await app.Rpc.ListAsync(Token)).FallbackReason);

        // The same answer is in order for whoever has another token, and stays refused for this one.
        Assert.Contains("create_request", (await app.Rpc.ListAsync("the-token-of-somebody-else-altogether")).ToolNames);
        Assert.Equal("malformed", (await app.Rpc.ListAsync(Token)).FallbackReason);
    }

    [Fact]
    public async Task An_id_is_shown_as_it_is_logged_and_never_the_token()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Fields);
        await using var app = await TestApp.StartAsync(
            api,
            settings: EveryLogLine.Settings(("Forms:0:SubmitUrl", api.SubmitUrl))
        );
        foreach (var hidden in s_hidden)
        {
            api.OnSubmit = context => FakeFormApi.Json(context, $$"""{"id":"{{hidden}}","status":"open"}""", 201);
            s_hunt.AssertNothingIn(await app.Rpc.CallAsync("create_request", """{"subject":"Hello"}""", Token));
        }

        s_hunt.AssertNothingIn(app.Log);
        api.OnSubmit = context => FakeFormApi.Json(context, """{"id":"REQ\u200b-1\u202e","status":"open"}""", 201);
        var receipt = await app.Rpc.CallAsync("create_request", """{"subject":"Hello"}""", Token);
        Assert.Equal("REQ-1", (string?)receipt.Json["result"]!["structuredContent"]!["id"]);
        Assert.Contains(app.Log.Of(4010), line => line.Text.Contains("request \"REQ-1\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(201, """{"id":"TOKEN","status":"open"}""")]
    [InlineData(201, """{"id":7,"status":"open for TOKEN"}""")]
    [InlineData(400, """{"message":"Bearer TOKEN may not do that"}""")]
    [InlineData(500, """{"error":"unexpected: TOKEN"}""")]
    [InlineData(401, """{"error":"TOKEN"}""")]
    public async Task An_answer_to_a_submission_that_repeats_the_token_is_not_shown_and_not_logged(int status, string body)
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Fields);
        await using var app = await TestApp.StartAsync(
            api,
            settings: EveryLogLine.Settings(("Forms:0:SubmitUrl", api.SubmitUrl))
        );
        foreach (
            var repeated in new[] { Token, Token.Replace("+", "\\u002b", StringComparison.Ordinal), Token[..20], Token[^15..] }
        )
        {
            api.OnSubmit = context =>
                FakeFormApi.Json(context, body.Replace("TOKEN", repeated, StringComparison.Ordinal), status);
            s_hunt.AssertNothingIn(await app.Rpc.CallAsync("create_request", """{"subject":"Hello"}""", Token));
        }

        Assert.Equal(4, api.Submissions.Count);
        s_hunt.AssertNothingIn(app.Log);
    }

    private static Microsoft.AspNetCore.Http.HttpContext WithCookie(Microsoft.AspNetCore.Http.HttpContext context)
    {
        context.Response.Headers.SetCookie = "session=0123456789; Path=/";
        return context;
    }

    private static Task RedirectAsync(Microsoft.AspNetCore.Http.HttpContext context, string address, int status)
    {
        context.Response.Headers.Location = address;
        return FakeFormApi.Json(context, "{}", status);
    }
}
