using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Tests.Endpoint;

public sealed class NeededCapabilityTests
{
    [Fact]
    public async Task In_2026_07_28_it_is_400_and_minus_32021_with_what_is_needed()
    {
        await using var app = await ToolApp.StartAsync(NeedElicitationAsync);
        var answer = await app.CallToolAsync(true, id: "7");
        Wire.IsError(answer, 400, -32021, "7");
        Assert.Equal("""{"requiredCapabilities":{"elicitation":{"form":{}}}}""", answer.Error["data"]!.ToJsonString());
    }

    [Fact]
    public async Task In_a_handshake_revision_it_is_a_JSON_RPC_error_with_HTTP_200()
    {
        await using var app = await ToolApp.StartAsync(NeedElicitationAsync);
        Wire.IsError(await app.CallToolAsync(false, id: "7"), 200, -32021, "7");
    }

    private static Task<string> NeedElicitationAsync(
        ModelContextProtocol.Server.RequestContext<CallToolRequestParams> context,
        CancellationToken cancellationToken
    ) => throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Elicitation = new() });
}
