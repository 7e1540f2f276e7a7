using System.Net;
using McpFunctionApp.Tests.Admission;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Authority;

/// <summary>Tokens that are in order and lack a scope that is required here.</summary>
public sealed class RequiredScopesTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private FakeFormApi _api = null!;
    private TestAuthority _authority = null!;

    public async Task InitializeAsync()
    {
        _authority = await TestAuthority.StartAsync();
        _api = await FakeFormApi.StartAsync();
        _api.ServeFields(Given.Fields);
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _authority.DisposeAsync();
    }

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

    [Theory]
    [InlineData("")]
    [InlineData(""","scp":"forms.reader" """)]
    [InlineData(""","scp":"Forms.Read" """)]
    [InlineData(""","scp":7""")]
    [InlineData(""","scp":{"forms.read":true}""")]
    [InlineData(""","scope":[7,null]""")]
    [InlineData(""","roles":["forms.read"]""")]
    public async Task A_token_without_them_is_403_on_every_message_where_callers_are_asked_to_sign_in(string claims)
    {
        foreach (var mode in (string[])["Optional", "Challenge"])
        {
            await using var app = await StartAsync(
                mode,
                ("Callers:RequiredScopes", "forms.read"),
                ("Callers:Scopes:0", "api://forms/forms.read")
            );
            foreach (
                var (method, tool) in ((string, string?)[])
                    [
                        ("initialize", null),
                        ("tools/list", null),
                        ("tools/call", "add"),
                        ("ping", null),
                        ("notifications/initialized", null),
                    ]
            )
            {
                var answer = await app.Rpc.SendAsync(method, $"Bearer {Token(claims)}", false, tool);
                Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
                Assert.Equal("insufficient_scope", (string?)answer.Error["data"]!["code"]);
                var header = Assert.Single(answer.Headers.WwwAuthenticate).ToString();
                Assert.Contains("error=\"insufficient_scope\"", header, StringComparison.Ordinal);
                Assert.Contains("scope=\"api://forms/forms.read\"", header, StringComparison.Ordinal);
                Assert.Contains("resource_metadata=\"", header, StringComparison.Ordinal);
            }
        }

        Assert.Empty(_api.Calls);
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
        Assert.Empty(_api.Calls);
    }

    [Fact]
    public async Task A_token_that_is_refused_anyway_is_401_and_not_403()
    {
        await using var app = await StartAsync("Optional", ("Callers:RequiredScopes:0", "forms.read"));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await app.Rpc.ListAsync(SigningKey.OtherRsa.Sign(_authority.Payload(_clock.GetUtcNow())), true)).Status
        );
    }

    private string Token(string claims) => _authority.Token(_clock.GetUtcNow(), claims: claims);

    private Task<WatchedApp> StartAsync(string mode, params (string Name, string Value)[] settings) =>
        WatchedApp.StartAsync(_api, _clock, _authority.Settings(mode, settings));
}
