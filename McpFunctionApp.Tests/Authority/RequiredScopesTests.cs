using System.Net;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Authority;

/// <summary>Tokens that are in order and lack a scope that is required here.</summary>
public sealed class RequiredScopesTests : AuthorityTests
{
    [Theory]
    [InlineData(""","scp":"forms.read forms.write" """)]
    [InlineData(""","scope":"other  forms.write forms.read" """)]
    [InlineData(""","scp":["forms.read","forms.write"]""")]
    [InlineData(""","scope":["forms.write"],"scp":"forms.read" """)]
    public async Task A_token_with_the_scopes_is_served_however_it_writes_them(string claims)
    {
        await using var app = await StartAsync(
            "Challenge",
            ("Callers:RequiredScopes:0", "forms.read"),
            ("Callers:RequiredScopes:1", "forms.write")
        );
        Assert.Contains("create_request", (await app.Rpc.ListAsync(Token(claims), true)).ToolNames);
    }

    [Fact]
    public async Task Where_nothing_else_is_set_clients_are_told_to_ask_for_what_is_required()
    {
        await using var app = await StartAsync(
            "Optional",
            ("Callers:RequiredScopes:0", "forms.read"),
            ("Callers:RequiredScopes:1", "forms.write")
        );
        var answer = await app.Rpc.ListAsync(Token(""","scp":"forms.read" """), true);
        Assert.Contains(
            "scope=\"forms.read forms.write\"",
            Assert.Single(answer.Headers.WwwAuthenticate).ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains("it lacks the scope forms.write", (string?)answer.Error["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_is_asked_to_sign_in_such_a_token_gets_the_static_tools_and_the_reason_forbidden()
    {
        await using var app = await StartAsync(
            "Fallback",
            ("Callers:RequiredScopes:0", "forms.read"),
            ("Elasticsearch:Url", "http://127.0.0.1:1")
        );
        var list = await app.Rpc.ListAsync(Token(""), true);
        Assert.Equal("forbidden", list.FallbackReason);
        Assert.Equal(["add", "echo", "multiply"], list.ToolNames);
        var call = await app.Rpc.CallAsync("create_request", Given.Call, Token(""), true);
        Assert.Equal("form_unavailable", call.ErrorCode);
        Assert.Contains("it lacks the scope forms.read", call.Text, StringComparison.Ordinal);
        Assert.Empty(Api.Calls);
    }

    [Fact]
    public async Task A_token_that_is_refused_anyway_is_401_and_not_403()
    {
        await using var app = await StartAsync("Optional", ("Callers:RequiredScopes:0", "forms.read"));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await app.Rpc.ListAsync(SigningKey.OtherRsa.Sign(Authority.Payload(Clock.GetUtcNow())), true)).Status
        );
    }

    private string Token(string claims) => Authority.Token(Clock.GetUtcNow(), claims: claims);

    private Task<WatchedApp> StartAsync(string mode, params (string Name, string Value)[] settings) =>
        WatchedApp.StartAsync(Api, Clock, Authority.Settings(mode, settings));
}
