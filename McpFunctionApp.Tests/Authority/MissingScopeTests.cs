using System.Net;
using McpFunctionApp.Tests.Admission;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Authority;

/// <summary>Tokens that are in order and lack the scope that is required here, where callers are asked to sign in.</summary>
public sealed class MissingScopeTests(ScopeApps apps) : IClassFixture<ScopeApps>
{
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
        foreach (var app in (WatchedApp[])[apps.Optional, apps.Challenge])
        {
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
                var answer = await app.Rpc.SendAsync(
                    method,
                    $"Bearer {apps.Authority.Token(apps.Clock.GetUtcNow(), claims: claims)}",
                    false,
                    tool
                );
                Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
                Assert.Equal("insufficient_scope", (string?)answer.Error["data"]!["code"]);
                var header = Assert.Single(answer.Headers.WwwAuthenticate).ToString();
                Assert.Contains("error=\"insufficient_scope\"", header, StringComparison.Ordinal);
                Assert.Contains("scope=\"api://forms/forms.read\"", header, StringComparison.Ordinal);
                Assert.Contains("resource_metadata=\"", header, StringComparison.Ordinal);
            }
        }

        Assert.Empty(apps.Api.Calls);
    }
}
