using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Authority;

/// <summary>What each answer of the authority means to the caller, and what is written about it.</summary>
public sealed class ExchangeAnswerTests : IAsyncLifetime
{
    private ExchangeRig _rig = null!;

    public async Task InitializeAsync() =>
        _rig = await ExchangeRig.StartAsync(
            ("Forms:0:Scopes:0", "forms"),
            ("Callers:Client:ConsentUrl", "https://login.example/consent?client_id=1")
        );

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    public static TheoryData<string, string?> OddAnswers =>
        new()
        {
            { "no token", ExchangeRig.Answer(null) },
            { "an empty token", ExchangeRig.Answer("") },
            { "a token with a line break", ExchangeRig.Answer("exchanged-\r\nX-Header: 1") },
            { "a token with a blank", ExchangeRig.Answer("exchanged token") },
            { "no token_type", ExchangeRig.Answer("exchanged-token", new JsonObject { ["token_type"] = null }) },
            { "N_A", ExchangeRig.Answer("exchanged-token", new JsonObject { ["token_type"] = "N_A" }) },
            { "DPoP", ExchangeRig.Answer("exchanged-token", new JsonObject { ["token_type"] = "DPoP" }) },
            {
                "an ID token",
                ExchangeRig.Answer(
                    "exchanged-token",
                    new JsonObject { ["issued_token_type"] = "urn:ietf:params:oauth:token-type:id_token" }
                )
            },
            {
                "a refresh token",
                ExchangeRig.Answer(
                    "exchanged-token",
                    new JsonObject { ["issued_token_type"] = "urn:ietf:params:oauth:token-type:refresh_token" }
                )
            },
            { "the subject's own", null },
            { "more than 64 KiB", ExchangeRig.Answer("exchanged-token", new JsonObject { ["x"] = new string('x', 65_536) }) },
            { "a list", "[]" },
            { "a text", "\"exchanged-token\"" },
            { "null", "null" },
            { "HTML", "<!doctype html><title>Sign in</title>" },
            { "nothing", "" },
        };

    [Theory]
    [MemberData(nameof(OddAnswers))]
    public async Task An_odd_answer_is_refused_and_nothing_is_sent_to_the_form_api(string what, string? answer)
    {
        var token = _rig.Token();
        _rig.Tokens.OnSubmit = context => FakeFormApi.Json(context, answer ?? ExchangeRig.Answer(token));
        var list = await _rig.Rpc.ListAsync(token, true);
        Assert.True(list.FallbackReason == "unavailable", what);
        Assert.Equal(["add", "echo", "multiply"], list.ToolNames);
        Assert.Empty(_rig.Forms.Calls);
        Assert.Single(_rig.Log.Of(8012));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _rig.Tokens.OnSubmit = context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };
        Assert.Equal("unavailable", (await _rig.Rpc.ListAsync(_rig.Token(), true)).FallbackReason);
        Assert.Single(_rig.Tokens.Calls);
    }

    [Theory]
    [InlineData("access_token", "bearer")]
    [InlineData("jwt", "BEARER")]
    public async Task An_access_token_or_a_JWT_is_used_however_Bearer_is_written(string type, string tokenType)
    {
        var exchanged = _rig.NextToken();
        _rig.Tokens.OnSubmit = context =>
            FakeFormApi.Json(
                context,
                ExchangeRig.Answer(
                    exchanged,
                    new JsonObject
                    {
                        ["token_type"] = tokenType,
                        ["issued_token_type"] = $"urn:ietf:params:oauth:token-type:{type}",
                    }
                )
            );
        Assert.Contains("create_request", (await _rig.Rpc.ListAsync(_rig.Token(), true)).ToolNames);
        Assert.Equal(exchanged, Assert.Single(_rig.Forms.FormCalls).Token);
    }

    [Theory]
    [InlineData("invalid_grant", "consent_required")]
    [InlineData("invalid_grant", "interaction_required")]
    [InlineData("invalid_client", "consent_required")]
    [InlineData("consent_required", null)]
    [InlineData("interaction_required", "basic_action")]
    public async Task Missing_consent_is_said_with_where_to_give_it(string error, string? suberror)
    {
        _rig.Tokens.OnSubmit = ExchangeRig.Refuse(error, suberror);
        var token = _rig.Token(""","sub":"ada" """);
        var list = await _rig.Rpc.ListAsync(token, true);
        Assert.Equal("consent_required", list.FallbackReason);
        var meta = list.Result["_meta"]!["io.github.mcp-function-app/fallback"]!;
        Assert.Equal("https://login.example/consent?client_id=1", (string?)meta["consentUrl"]);
        Assert.Contains("https://login.example/consent?client_id=1", (string?)meta["message"], StringComparison.Ordinal);

        var call = await _rig.Rpc.CallAsync("create_request", Given.Call, token, true);
        Assert.Equal("consent_required", call.ErrorCode);
        Assert.Contains("https://login.example/consent?client_id=1", call.Text, StringComparison.Ordinal);
        Assert.Empty(_rig.Forms.Calls);
        Assert.DoesNotContain(_rig.Log.Lines, line => line.Level == LogLevel.Error);
        Assert.Contains("consent_required", Assert.Single(_rig.Log.Of(8020)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invalid_client", 401, "Callers:Client:Id and Callers:Client:Secret")]
    [InlineData("unauthorized_client", 400, "Callers:Client:Id")]
    [InlineData("invalid_target", 400, "Forms:0:Audience")]
    [InlineData("invalid_scope", 400, "Forms:0:Scopes")]
    [InlineData("unsupported_grant_type", 400, "Forms:0:Exchange")]
    public async Task A_refusal_of_this_server_is_one_error_line_that_names_the_setting(string error, int status, string settings)
    {
        _rig.Tokens.OnSubmit = ExchangeRig.Refuse(error, status: status);
        Assert.Equal("unavailable", (await _rig.Rpc.ListAsync(_rig.Token(), true)).FallbackReason);
        Assert.Equal("unavailable", (await _rig.Rpc.ListAsync(_rig.Token(""","n":2"""), true)).FallbackReason);
        var line = Assert.Single(_rig.Log.Lines, line => line.Level == LogLevel.Error).Text;
        Assert.Contains($"Look at {settings}.", line, StringComparison.Ordinal);
        Assert.Contains("It says why.", line, StringComparison.Ordinal);

        _rig.Tokens.OnSubmit = context => FakeFormApi.Json(context, _rig.NextAnswer());
        _rig.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Contains("create_request", (await _rig.Rpc.ListAsync(_rig.Token(), true)).ToolNames);
        Assert.Single(_rig.Log.Of(8013));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("bad_token")]
    public async Task Any_other_invalid_grant_of_a_verified_token_is_rejected_and_never_a_challenge(string? suberror)
    {
        _rig.Tokens.OnSubmit = ExchangeRig.Refuse("invalid_grant", suberror);
        var token = _rig.Token();
        var list = await _rig.Rpc.ListAsync(token, true);
        Assert.Equal((200, "rejected"), ((int)list.Status, list.FallbackReason));
        var call = await _rig.Rpc.CallAsync("create_request", Given.Call, token, true);
        Assert.Equal((200, "token_rejected"), ((int)call.Status, call.ErrorCode));
        Assert.Single(_rig.Log.Lines, line => line.Level == LogLevel.Error);
        Assert.Single(_rig.Log.Of(8020));
    }

    [Fact]
    public async Task A_busy_authority_is_left_alone_for_as_long_as_it_asks()
    {
        _rig.Tokens.OnSubmit = context =>
        {
            context.Response.Headers.RetryAfter = "60";
            return ExchangeRig.Refuse("slow_down", status: 429)(context);
        };
        var token = _rig.Token();
        Assert.Equal("busy", (await _rig.Rpc.ListAsync(token, true)).FallbackReason);
        _rig.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("busy", (await _rig.Rpc.ListAsync(token, true)).FallbackReason);
        Assert.Single(_rig.Questions);
        _rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await _rig.Rpc.ListAsync(token, true);
        Assert.Equal(2, _rig.Questions.Count);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(404)]
    [InlineData(0)]
    public async Task An_authority_that_fails_is_unavailable_and_asked_again_after_the_failures_life(int status)
    {
        _rig.Tokens.OnSubmit = context =>
        {
            if (status == 0)
            {
                context.Abort();
                return Task.CompletedTask;
            }

            return ExchangeRig.Refuse("invalid_grant_or_not", status: status)(context);
        };
        var token = _rig.Token();
        Assert.Equal("unavailable", (await _rig.Rpc.ListAsync(token, true)).FallbackReason);
        Assert.Equal("form_unavailable", (await _rig.Rpc.CallAsync("create_request", Given.Call, token, true)).ErrorCode);
        Assert.Single(_rig.Questions);
        _rig.Tokens.OnSubmit = context => FakeFormApi.Json(context, _rig.NextAnswer());
        _rig.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains("create_request", (await _rig.Rpc.ListAsync(token, true)).ToolNames);
    }

    [Fact]
    public async Task What_the_authority_says_is_not_logged_where_it_repeats_what_it_was_given()
    {
        foreach (var said in (string[])[_rig.Token()[20..60], ExchangeRig.Secret])
        {
            _rig.Tokens.OnSubmit = ExchangeRig.Refuse("invalid_client", status: 401, description: $"Bad: {said}");
            await _rig.Rpc.ListAsync(_rig.Token(), true);
            _rig.Clock.Advance(TimeSpan.FromSeconds(6));
        }

        Assert.NotEmpty(_rig.Log.Of(8010));
    }
}
