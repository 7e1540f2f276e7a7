using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Authority;

/// <summary>What each refusal of the authority means to the caller, and what is written about it.</summary>
public sealed class ExchangeRefusalTests : ExchangeTests
{
    [Theory]
    [InlineData("invalid_grant", "consent_required")]
    [InlineData("invalid_grant", "interaction_required")]
    [InlineData("invalid_client", "consent_required")]
    [InlineData("consent_required", null)]
    [InlineData("interaction_required", "basic_action")]
    public async Task Missing_consent_is_said_with_where_to_give_it(string error, string? suberror)
    {
        Rig.Tokens.OnSubmit = ExchangeRig.Refuse(error, suberror);
        var token = Rig.Token(""","sub":"ada" """);
        var list = await Rig.Rpc.ListAsync(token, true);
        Assert.Equal("consent_required", list.FallbackReason);
        var meta = list.Result["_meta"]!["io.github.mcp-function-app/fallback"]!;
        Assert.Equal("https://login.example/consent?client_id=1", (string?)meta["consentUrl"]);
        Assert.Contains("https://login.example/consent?client_id=1", (string?)meta["message"], StringComparison.Ordinal);

        var call = await Rig.Rpc.CallAsync("create_request", Given.Call, token, true);
        Assert.Equal("consent_required", call.ErrorCode);
        Assert.Contains("https://login.example/consent?client_id=1", call.Text, StringComparison.Ordinal);
        Assert.Empty(Rig.Forms.Calls);
        Assert.DoesNotContain(Rig.Log.Lines, line => line.Level == LogLevel.Error);
        Assert.Contains("consent_required", Assert.Single(Rig.Log.Of(8020)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invalid_client", 401, "Callers:Client:Id and Callers:Client:Secret")]
    [InlineData("unauthorized_client", 400, "Callers:Client:Id")]
    [InlineData("invalid_target", 400, "Forms:0:Audience")]
    [InlineData("invalid_scope", 400, "Forms:0:Scopes")]
    [InlineData("unsupported_grant_type", 400, "Forms:0:Exchange")]
    public async Task A_refusal_of_this_server_is_one_error_line_that_names_the_setting(string error, int status, string settings)
    {
        Rig.Tokens.OnSubmit = ExchangeRig.Refuse(error, status: status);
        Assert.Equal("unavailable", (await Rig.Rpc.ListAsync(Rig.Token(), true)).FallbackReason);
        Assert.Equal("unavailable", (await Rig.Rpc.ListAsync(Rig.Token(""","n":2"""), true)).FallbackReason);
        var line = Assert.Single(Rig.Log.Lines, line => line.Level == LogLevel.Error).Text;
        Assert.Contains($"Look at {settings}.", line, StringComparison.Ordinal);
        Assert.Contains("It says why.", line, StringComparison.Ordinal);

        Rig.Tokens.OnSubmit = context => FakeFormApi.Json(context, Rig.NextAnswer());
        Rig.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Contains("create_request", (await Rig.Rpc.ListAsync(Rig.Token(), true)).ToolNames);
        Assert.Single(Rig.Log.Of(8013));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("bad_token")]
    public async Task Any_other_invalid_grant_of_a_verified_token_is_rejected_and_never_a_challenge(string? suberror)
    {
        Rig.Tokens.OnSubmit = ExchangeRig.Refuse("invalid_grant", suberror);
        var token = Rig.Token();
        var list = await Rig.Rpc.ListAsync(token, true);
        Assert.Equal((200, "rejected"), ((int)list.Status, list.FallbackReason));
        var call = await Rig.Rpc.CallAsync("create_request", Given.Call, token, true);
        Assert.Equal((200, "token_rejected"), ((int)call.Status, call.ErrorCode));
        Assert.Single(Rig.Log.Lines, line => line.Level == LogLevel.Error);
        Assert.Single(Rig.Log.Of(8020));
    }

    [Fact]
    public async Task A_busy_authority_is_left_alone_for_as_long_as_it_asks()
    {
        Rig.Tokens.OnSubmit = context =>
        {
            context.Response.Headers.RetryAfter = "60";
            return ExchangeRig.Refuse("slow_down", status: 429)(context);
        };
        var token = Rig.Token();
        Assert.Equal("busy", (await Rig.Rpc.ListAsync(token, true)).FallbackReason);
        Rig.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("busy", (await Rig.Rpc.ListAsync(token, true)).FallbackReason);
        Assert.Single(Rig.Questions);
        Rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await Rig.Rpc.ListAsync(token, true);
        Assert.Equal(2, Rig.Questions.Count);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(404)]
    [InlineData(0)]
    public async Task An_authority_that_fails_is_unavailable_and_asked_again_after_the_failures_life(int status)
    {
        Rig.Tokens.OnSubmit = context =>
        {
            if (status == 0)
            {
                context.Abort();
                return Task.CompletedTask;
            }

            return ExchangeRig.Refuse("invalid_grant_or_not", status: status)(context);
        };
        var token = Rig.Token();
        Assert.Equal("unavailable", (await Rig.Rpc.ListAsync(token, true)).FallbackReason);
        Assert.Equal("form_unavailable", (await Rig.Rpc.CallAsync("create_request", Given.Call, token, true)).ErrorCode);
        Assert.Single(Rig.Questions);
        Rig.Tokens.OnSubmit = context => FakeFormApi.Json(context, Rig.NextAnswer());
        Rig.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains("create_request", (await Rig.Rpc.ListAsync(token, true)).ToolNames);
    }

    [Fact]
    public async Task What_the_authority_says_is_not_logged_where_it_repeats_what_it_was_given()
    {
        foreach (var said in (string[])[Rig.Token()[20..60], ExchangeRig.Secret])
        {
            Rig.Tokens.OnSubmit = ExchangeRig.Refuse("invalid_client", status: 401, description: $"Bad: {said}");
            await Rig.Rpc.ListAsync(Rig.Token(), true);
            Rig.Clock.Advance(TimeSpan.FromSeconds(6));
        }

        Assert.NotEmpty(Rig.Log.Of(8010));
    }
}
