using McpFunctionApp.Tests.Admission;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Authority;

/// <summary>A server that its authority knows by a name, and not by its address.</summary>
public sealed class ResourceNameTests
{
    [Theory]
    [InlineData("api://11111111-2222-3333-4444-555555555555")]
    [InlineData("urn:forms:mcp")]
    public async Task The_name_is_published_as_it_is_and_the_metadata_are_found_at_the_servers_address(string name)
    {
        await using var api = await SignInApp.StartApiAsync();
        await using var app = await WatchedApp.StartAsync(
            api,
            settings: SignInApp.Settings("Challenge", ("Callers:Resource", name))
        );
        var answer = await app.Rpc.ListAsync(null, true);
        var metadata = $"{app.Http.BaseAddress}.well-known/oauth-protected-resource/mcp";
        Assert.Contains(
            $"resource_metadata=\"{metadata}\"",
            Assert.Single(answer.Headers.WwwAuthenticate).ToString(),
            StringComparison.Ordinal
        );
        using var document = JsonDocument.Parse(await app.Http.GetStringAsync(metadata));
        Assert.Equal(name, document.RootElement.GetProperty("resource").GetString());
    }
}
