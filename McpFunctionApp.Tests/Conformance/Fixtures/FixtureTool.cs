using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpFunctionApp.Tests.Conformance.Fixtures;

/// <summary>A tool without arguments.</summary>
internal sealed record FixtureTool(
    string Name,
    string Description,
    Func<RequestContext<CallToolRequestParams>, CancellationToken, Task<CallToolResult>> CallAsync
)
{
    /// <summary>A tool that always returns the same.</summary>
    public static FixtureTool Returning(string name, string description, params ContentBlock[] content) =>
        new(name, description, (_, _) => Task.FromResult(new CallToolResult { Content = [.. content] }));

    /// <summary>A tool that answers with a text.</summary>
    public static FixtureTool Saying(
        string name,
        string description,
        Func<RequestContext<CallToolRequestParams>, CancellationToken, Task<string>> say
    ) =>
        new(
            name,
            description,
            async (context, cancellationToken) =>
                new CallToolResult { Content = [Sample.Text(await say(context, cancellationToken))] }
        );
}
