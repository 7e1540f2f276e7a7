using System.Reflection;
using System.Text.Json.Nodes;
using McpFunctionApp.Page;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpFunctionApp.Endpoint;

/// <summary>
/// The one set of SDK options that every request's server shares: tools from the catalog, prompts and completions from the
/// caller's forms, the form in a chat as a resource, and empty lists where there is nothing, for which clients ask all the same.
/// </summary>
public static class ServerSetup
{
    private const string Instructions =
        "The tools depend on who is calling: with a bearer token, the caller's own form is a tool beside the static ones. "
        + "When a form's tool is missing, the list result's _meta says why. List the tools again when a call is refused for "
        + "a field that was listed.";

    /// <param name="hasDrafts">Whether the settings offer drafts, which open the form in a chat.</param>
    public static McpServerOptions Create(ToolHandlers tools, PromptHandlers prompts, bool hasDrafts)
    {
        var options = Of(tools, prompts, hasDrafts);
        if (!hasDrafts)
        {
            // The SDK advertises whatever has a handler; lists are answered all the same, since clients ask for them.
            options.Filters.Message.OutgoingFilters.Add(next =>
                (context, cancellationToken) =>
                {
                    LeaveOutResources(context.JsonRpcMessage);
                    return next(context, cancellationToken);
                }
            );
        }

        return options;
    }

    private static McpServerOptions Of(ToolHandlers tools, PromptHandlers prompts, bool hasDrafts) =>
        new()
        {
            ServerInfo = new Implementation
            {
                Name = "mcp-function-app",
                Title = "MCP Function App",
                Version =
                    typeof(ServerSetup)
                        .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                        ?.InformationalVersion.Split('+')[0]
                    ?? "0.0.0",
                Icons = [AppIcon.ToIcon()],
            },
            ServerInstructions = Instructions,
            Capabilities = new ServerCapabilities
            {
                Tools = new(),
                Prompts = new(),
                Resources = hasDrafts ? new() : null,
                Completions = new(),
                Extensions = hasDrafts ? FormResource.Extensions() : null,
            },

            // The handler would otherwise get a scope of its own for every message, which nothing here needs.
            ScopeRequests = false,
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = ToolHandlers.ListAsync,
                CallToolHandler = tools.CallAsync,
                ListPromptsHandler = PromptHandlers.ListAsync,
                GetPromptHandler = prompts.GetAsync,
                ListResourcesHandler = (context, _) =>
                    ValueTask.FromResult(
                        hasDrafts ? FormResource.List(IsPerRequest(context.JsonRpcRequest)) : new ListResourcesResult()
                    ),
                ListResourceTemplatesHandler = (_, _) => ValueTask.FromResult(new ListResourceTemplatesResult()),
                ReadResourceHandler = (context, _) =>
                    hasDrafts && context.Params.Uri == FormResource.Uri
                        ? ValueTask.FromResult(FormResource.Read(IsPerRequest(context.JsonRpcRequest)))
                        : throw UnknownResource(context.Params.Uri),
                CompleteHandler = prompts.CompleteAsync,
            },
        };

    private static void LeaveOutResources(JsonRpcMessage message)
    {
        if (message is JsonRpcResponse { Result: JsonObject result } && result["capabilities"] is JsonObject capabilities)
        {
            capabilities.Remove("resources");
        }
    }

    private static bool IsPerRequest(JsonRpcRequest request) => RequestFacts.Of(request).IsPerRequest;

    private static McpProtocolException UnknownResource(string uri) =>
        new("Unknown resource.", McpErrorCode.InvalidParams) { Data = { ["uri"] = uri } };
}
