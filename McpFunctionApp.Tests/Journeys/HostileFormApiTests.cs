using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Stress;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>What a form API gains by cookies, redirects and by repeating what it was sent: nothing.</summary>
public sealed class HostileFormApiTests : AppTests<TestApp>
{
    private const string Token = "Zq3+vT8/kLw0-R5nYb2.Hs7_Jd9~Gf4Xc6Mp1Aa==";
    private const string Fields = """{"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true}""";

    private static readonly TokenHunt s_hunt = new([Token]);

    protected override void ServeForm() => Api.ServeFields(Fields);

    protected override Task<TestApp> StartAsync() =>
        TestApp.StartAsync(Api, settings: EveryLogLine.Settings(("Forms:0:SubmitUrl", Api.SubmitUrl)));

    [Fact]
    public async Task Cookies_of_the_form_API_are_never_sent_back_to_it()
    {
        var (form, submit) = (Api.OnForm, Api.OnSubmit);
        Api.OnForm = context => form(WithCookie(context));
        Api.OnSubmit = context => submit(WithCookie(context));
        foreach (var token in new[] { "the-first-caller", "the-second-caller" })
        {
            await App.Rpc.ListAsync(token);
            Assert.False((await App.Rpc.CallAsync("create_request", """{"subject":"Hello"}""", token)).IsError);
        }

        Assert.Equal(4, Api.Calls.Count);
        Assert.DoesNotContain(Api.Calls, call => call.Headers.ContainsKey("Cookie"));
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
        Api.OnSubmit = context => RedirectAsync(context, elsewhere.SubmitUrl, status);
        var call = await App.Rpc.CallAsync("create_request", """{"subject":"Hello"}""", Token);
        Assert.Equal("submission_failed", call.ErrorCode);

        Api.OnForm = context => RedirectAsync(context, elsewhere.FormUrl, status);
        var list = await App.Rpc.ListAsync("another-caller-without-a-cached-form");
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
        Api.ServeFields(
            $$"""{{Fields}},{"name":"Hello {{repeated}}","description":"for {{repeated}}","options":"no """
                + $$"""list"},{"name":"Note","paramName":"note","description":"for {{repeated}}"}"""
        );
        var list = await App.Rpc.ListAsync(Token);
        s_hunt.AssertNothingIn(list);
        s_hunt.AssertNothingIn(App.Log);
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
        Api.ServeFields($$"""{"name":"Subject","paramName":"subject","type":"TextFieldRest","description":"for {{hidden}}"}""");
        Assert.Equal("malformed", (await App.Rpc.ListAsync(Token)).FallbackReason);

        // The same answer is in order for whoever has another token, and stays refused for this one.
        Assert.Contains("create_request", (await App.Rpc.ListAsync("the-token-of-somebody-else-altogether")).ToolNames);
        Assert.Equal("malformed", (await App.Rpc.ListAsync(Token)).FallbackReason);
    }

    [Fact]
    public async Task An_id_is_shown_as_it_is_logged_and_never_the_token()
    {
        foreach (var hidden in s_hidden)
        {
            Api.OnSubmit = context => FakeFormApi.Json(context, $$"""{"id":"{{hidden}}","status":"open"}""", 201);
            s_hunt.AssertNothingIn(await App.Rpc.CallAsync("create_request", """{"subject":"Hello"}""", Token));
        }

        s_hunt.AssertNothingIn(App.Log);
        Api.OnSubmit = context => FakeFormApi.Json(context, """{"id":"REQ\u200b-1\u202e","status":"open"}""", 201);
        var receipt = await App.Rpc.CallAsync("create_request", """{"subject":"Hello"}""", Token);
        Assert.Equal("REQ-1", (string?)receipt.Json["result"]!["structuredContent"]!["id"]);
        Assert.Contains(App.Log.Of(4010), line => line.Text.Contains("request \"REQ-1\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(201, """{"id":"TOKEN","status":"open"}""")]
    [InlineData(201, """{"id":7,"status":"open for TOKEN"}""")]
    [InlineData(400, """{"message":"Bearer TOKEN may not do that"}""")]
    [InlineData(500, """{"error":"unexpected: TOKEN"}""")]
    [InlineData(401, """{"error":"TOKEN"}""")]
    public async Task An_answer_to_a_submission_that_repeats_the_token_is_not_shown_and_not_logged(int status, string body)
    {
        foreach (
            var repeated in new[] { Token, Token.Replace("+", "\\u002b", StringComparison.Ordinal), Token[..20], Token[^15..] }
        )
        {
            Api.OnSubmit = context =>
                FakeFormApi.Json(context, body.Replace("TOKEN", repeated, StringComparison.Ordinal), status);
            s_hunt.AssertNothingIn(await App.Rpc.CallAsync("create_request", """{"subject":"Hello"}""", Token));
        }

        Assert.Equal(4, Api.Submissions.Count);
        s_hunt.AssertNothingIn(App.Log);
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
