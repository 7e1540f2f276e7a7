using System.Collections.Frozen;
using McpFunctionApp.Replies;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Messages;

/// <summary>
/// Checks that a request's parameters have the shape that its method asks for, so that a client's mistake is answered
/// -32602 with what to mend, and never as an internal error. Pure.
/// </summary>
public static class ParameterRules
{
    private static readonly string[] s_lists = ["tools/list", "prompts/list", "resources/list", "resources/templates/list"];

    // What the SDK will read the parameters as: anything it could not read is found here first.
    private static readonly FrozenDictionary<string, Type> s_types = new Dictionary<string, Type>
    {
        ["initialize"] = typeof(InitializeRequestParams),
        ["server/discover"] = typeof(DiscoverRequestParams),
        ["tools/list"] = typeof(ListToolsRequestParams),
        ["tools/call"] = typeof(CallToolRequestParams),
        ["prompts/list"] = typeof(ListPromptsRequestParams),
        ["prompts/get"] = typeof(GetPromptRequestParams),
        ["resources/list"] = typeof(ListResourcesRequestParams),
        ["resources/templates/list"] = typeof(ListResourceTemplatesRequestParams),
        ["resources/read"] = typeof(ReadResourceRequestParams),
        ["resources/subscribe"] = typeof(SubscribeRequestParams),
        ["resources/unsubscribe"] = typeof(UnsubscribeRequestParams),
        ["completion/complete"] = typeof(CompleteRequestParams),

        // Its own type is marked obsolete; its level is checked below, and the rest is what every request may have.
        ["logging/setLevel"] = typeof(PingRequestParams),
    }.ToFrozenDictionary();

    public static Rejection? Check(IncomingMessage message)
    {
        if (message.Params is { ValueKind: not JsonValueKind.Object })
        {
            // Nobody waits for the answer to a notification: its HTTP status is all that can tell.
            return Wrong(message, "'params' must be an object") with
            {
                Status = message.Kind == MessageKind.Request ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
            };
        }

        return message.Kind == MessageKind.Request ? CheckRequest(message) : null;
    }

    private static Rejection? CheckRequest(IncomingMessage message)
    {
        var wrong = message.Method switch
        {
            "initialize" => CheckInitialize(message),
            "tools/call" => NotText(message, "name") ?? NotObject(message, "arguments"),
            "prompts/get" => NotText(message, "name") ?? NotObject(message, "arguments"),
            "resources/read" or "resources/subscribe" or "resources/unsubscribe" => NotText(message, "uri"),
            "logging/setLevel" => NotText(message, "level")
                ?? (
                    LogLevels.Rank(Member(message, "level")!.Value.GetString()) is null
                        ? Wrong(message, "this 'level' is not a log level")
                        : null
                ),
            _ when s_lists.Contains(message.Method) => CheckCursor(message),
            _ => null,
        };
        return wrong ?? NotObject(message, "_meta") ?? (OrdinaryMessage.Is(message) ? null : CheckType(message));
    }

    private static Rejection? CheckInitialize(IncomingMessage message) =>
        NotText(message, "protocolVersion")
        ?? NotObject(message, "capabilities")
        ?? (
            Member(message, "clientInfo") is { } info && RevisionRules.IsImplementation(info)
                ? null
                : Wrong(message, "'clientInfo' must be an object with a name and a version")
        );

    private static Rejection? CheckCursor(IncomingMessage message) =>
        Member(message, "cursor") switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } cursor when cursor.ValueEquals("") => null,
            { ValueKind: JsonValueKind.String } => Wrong(
                message,
                "this 'cursor' is not known: every list is answered in one page"
            ),
            _ => Wrong(message, "'cursor' must be a string"),
        };

    private static Rejection? CheckType(IncomingMessage message)
    {
        if (!s_types.TryGetValue(message.Method, out var type))
        {
            return null;
        }

        try
        {
            var parameters = message.Params ?? JsonElement.Parse("{}"u8);
            return parameters.Deserialize(McpJsonUtilities.ProtocolOptions.GetTypeInfo(type)) is null
                ? Wrong(message, "'params' must be an object")
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // Only the first name of the path is the specification's: the others may be the client's own, and this is logged.
            var path = e is JsonException { Path: { Length: > 2 } at }
                ? $" (in '{Replies.Quotable.Shorten(at[2..].Split('.', '[')[0], 64)}')"
                : "";
            return Wrong(message, $"'params' do not have the members and types that {message.Method} asks for{path}");
        }
    }

    private static Rejection? NotText(IncomingMessage message, string name) =>
        Member(message, name) is { ValueKind: JsonValueKind.String } ? null : Wrong(message, $"'{name}' must be a string");

    private static Rejection? NotObject(IncomingMessage message, string name) =>
        Member(message, name) is null or { ValueKind: JsonValueKind.Object }
            ? null
            : Wrong(message, $"'{name}' must be an object");

    private static JsonElement? Member(IncomingMessage message, string name) =>
        message.Params is { } parameters && parameters.TryGetProperty(name, out var member) ? member : null;

    private static Rejection Wrong(IncomingMessage message, string what) =>
        new(StatusCodes.Status200OK, Rejection.InvalidParams, $"Invalid parameters: {what}.", message.Id);
}
