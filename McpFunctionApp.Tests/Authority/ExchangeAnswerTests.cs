using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Authority;

/// <summary>Which answer of the authority has a token that is used, and that every other is refused.</summary>
public sealed class ExchangeAnswerTests : ExchangeTests
{
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
        var token = Rig.Token();
        Rig.Tokens.OnSubmit = context => FakeFormApi.Json(context, answer ?? ExchangeRig.Answer(token));
        var list = await Rig.Rpc.ListAsync(token, true);
        Assert.True(list.FallbackReason == "unavailable", what);
        Assert.Equal(["add", "echo", "multiply"], list.ToolNames);
        Assert.Empty(Rig.Forms.Calls);
        Assert.Single(Rig.Log.Of(8012));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        Rig.Tokens.OnSubmit = context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };
        Assert.Equal("unavailable", (await Rig.Rpc.ListAsync(Rig.Token(), true)).FallbackReason);
        Assert.Single(Rig.Tokens.Calls);
    }

    [Theory]
    [InlineData("access_token", "bearer")]
    [InlineData("jwt", "BEARER")]
    public async Task An_access_token_or_a_JWT_is_used_however_Bearer_is_written(string type, string tokenType)
    {
        var exchanged = Rig.NextToken();
        Rig.Tokens.OnSubmit = context =>
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
        Assert.Contains("create_request", (await Rig.Rpc.ListAsync(Rig.Token(), true)).ToolNames);
        Assert.Equal(exchanged, Assert.Single(Rig.Forms.FormCalls).Token);
    }
}
