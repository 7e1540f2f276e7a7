using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

// The suite asks for sampling and roots all the same.
#pragma warning disable MCP9005 // Deprecated as of 2026-07-28
namespace McpFunctionApp.Tests.Conformance.Fixtures;

/// <summary>Tools that ask the client in the middle of a call, as the handshake revisions have it, or need to know that they
/// could.</summary>
internal static class AskingTools
{
    public static IEnumerable<FixtureTool> All =>
        [
            FixtureTool.Saying("test_sampling", "Asks the client's model", SampleAsync),
            FixtureTool.Saying("test_elicitation", "Asks the user", ElicitAsync),
            FixtureTool.Saying("test_elicitation_sep1034_defaults", "Asks the user", ElicitAsync),
            FixtureTool.Saying("test_elicitation_sep1330_enums", "Asks the user", ElicitAsync),
            FixtureTool.Saying("test_streaming_elicitation", "Tries to ask the user, and then asks for input", TryAndAskAsync),
            FixtureTool.Saying("test_missing_capability", "Needs a client with sampling", NeedSamplingAsync),
        ];

    private static async Task<string> SampleAsync(
        RequestContext<CallToolRequestParams> context,
        CancellationToken cancellationToken
    )
    {
        var answer = await context.Server.SampleAsync(Input.Sampling("Test prompt", 100).SamplingParams!, cancellationToken);
        return $"The model answered with {answer.Content.Count} blocks.";
    }

    private static async Task<string> ElicitAsync(
        RequestContext<CallToolRequestParams> context,
        CancellationToken cancellationToken
    )
    {
        var answer = await context.Server.ElicitAsync(Input.Text("Who are you?", "name").ElicitationParams!, cancellationToken);
        return $"The user's answer: {answer.Action}.";
    }

    /// <summary>A request of the server's own must not reach the client, be it the core or the transport that refuses; the input
    /// that is asked for may.</summary>
    private static async Task<string> TryAndAskAsync(
        RequestContext<CallToolRequestParams> context,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await context.Server.SendRequestAsync(new JsonRpcRequest { Method = RequestMethods.RootsList }, cancellationToken);
            return "The client was asked.";
        }
        catch (Exception e) when (e is McpException or InvalidOperationException)
        {
            throw Input.Required(("name", Input.Text("Who are you?", "name")));
        }
    }

    private static Task<string> NeedSamplingAsync(
        RequestContext<CallToolRequestParams> context,
        CancellationToken cancellationToken
    ) =>
        Input.Declares(context.Params, "sampling")
            ? Task.FromResult("The client can sample.")
            : throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Sampling = new() });
}
