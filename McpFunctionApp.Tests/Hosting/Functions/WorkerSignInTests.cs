using System.Net;
using System.Text.Json.Nodes;
using McpFunctionApp.Tests.FunctionsHost;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting.Functions;

/// <summary>Signing in behind the host: every address that a client is told is the one by which it came.</summary>
public sealed class WorkerSignInTests
{
    [SlowFact]
    public async Task A_client_without_a_token_is_told_where_to_sign_in_and_is_served_with_one()
    {
        await using var authority = await TestAuthority.StartAsync();
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var host = await WorkerHost.StartAsync(
            authority.Settings("Challenge", ("Forms:0:Url", api.FormUrl), ("Callers:Scopes:0", "forms.read"))
        );
        var metadata = new Uri(host.Endpoint, "/.well-known/oauth-protected-resource/mcp");

        var challenge = await host.Rpc.ListAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, challenge.Status);
        Assert.Equal($"Bearer resource_metadata=\"{metadata}\", scope=\"forms.read\"", $"{challenge.Headers.WwwAuthenticate}");

        foreach (var address in (Uri[])[metadata, new(host.Endpoint, "/.well-known/oauth-protected-resource")])
        {
            var resource = JsonNode.Parse(await host.Http.GetStringAsync(address))!;
            Assert.Equal($"{host.Endpoint}", (string?)resource["resource"]);
            Assert.Equal(authority.Address, (string?)resource["authorization_servers"]![0]);
        }

        Assert.Contains("create_request", (await host.Rpc.ListAsync(authority.Token(DateTimeOffset.UtcNow))).ToolNames);
        var expired = authority.Token(DateTimeOffset.UtcNow.AddDays(-1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Rpc.ListAsync(expired)).Status);
    }
}
