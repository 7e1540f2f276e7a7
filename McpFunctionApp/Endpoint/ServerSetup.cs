using System.Reflection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpFunctionApp.Endpoint;

/// <summary>
/// The one set of SDK options that every request's server shares: tools from the catalog, prompts and completions from the
/// caller's forms, and empty resources, for which clients ask whether or not there are any.
/// </summary>
public static class ServerSetup
{
    private const string Instructions =
        "The tools depend on who is calling: with a bearer token, the caller's own form is a tool beside the static ones. "
        + "When a form's tool is missing, the list result's _meta says why. List the tools again when a call is refused for a field that was listed.";

    public static McpServerOptions Create(ToolHandlers tools, PromptHandlers prompts) => new()
    {
        ServerInfo = new Implementation
        {
            Name = "mcp-function-app",
            Title = "MCP Function App",
            Version = typeof(ServerSetup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0",
        },
        ServerInstructions = Instructions,
        Capabilities = new ServerCapabilities { Tools = new(), Prompts = new(), Resources = new(), Completions = new() },

        // The handler would otherwise get a scope of its own for every message, which nothing here needs.
        ScopeRequests = false,
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = ToolHandlers.ListAsync,
            CallToolHandler = tools.CallAsync,
            ListPromptsHandler = PromptHandlers.ListAsync,
            GetPromptHandler = prompts.GetAsync,
            ListResourcesHandler = (_, _) => ValueTask.FromResult(new ListResourcesResult()),
            ListResourceTemplatesHandler = (_, _) => ValueTask.FromResult(new ListResourceTemplatesResult()),
            ReadResourceHandler = (context, _) => throw UnknownResource(context.Params.Uri),
            CompleteHandler = prompts.CompleteAsync,
        },
    };

    private static McpProtocolException UnknownResource(string uri) =>
        new("Unknown resource.", McpErrorCode.InvalidParams) { Data = { ["uri"] = uri } };
}
