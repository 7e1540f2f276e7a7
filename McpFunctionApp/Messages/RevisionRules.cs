using System.Text.Json.Nodes;
using McpFunctionApp.Replies;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Messages;

/// <summary>
/// Finds out which MCP revision a message speaks, and checks what that revision wants in headers and <c>_meta</c>:
/// the header and the metadata must agree, since proxies route by one and servers act by the other. Pure.
/// </summary>
public static class RevisionRules
{
    private static readonly string[] s_removed =
    [
        "initialize",
        "ping",
        "logging/setLevel",
        "resources/subscribe",
        "resources/unsubscribe",
        "subscriptions/listen",
    ];

    /// <returns>The revision, or why the message cannot be served.</returns>
    public static (string Revision, Rejection? Rejection) Check(IncomingMessage message, IHeaderDictionary headers)
    {
        var header = headers["MCP-Protocol-Version"].ToString().Trim();
        var revision = header.Length == 0 ? ProtocolRevisions.Assumed : header;
        var rejection = CheckVersion(message, header);
        if (rejection is null && revision == ProtocolRevisions.PerRequest && message.Kind != MessageKind.Response)
        {
            rejection = CheckMeta(message) ?? CheckHeaders(message, headers) ?? CheckRemoved(message);
        }

        return (revision, rejection);
    }

    private static Rejection? CheckVersion(IncomingMessage message, string header)
    {
        var declared = Member(Meta(message), MetaKeys.ProtocolVersion);
        if (header.Length > 0 && !ProtocolRevisions.All.Contains(header))
        {
            return Unsupported(message, header, declared is null ? ProtocolRevisions.All : [ProtocolRevisions.PerRequest]);
        }

        if (declared is not { } version)
        {
            return header == ProtocolRevisions.PerRequest && message.Kind == MessageKind.Request
                ? Missing(message, MetaKeys.ProtocolVersion)
                : null;
        }

        if (version.ValueKind != JsonValueKind.String)
        {
            return InvalidMeta(message, MetaKeys.ProtocolVersion, "a string");
        }

        if (!version.ValueEquals(header))
        {
            return Mismatch(
                message,
                header.Length == 0
                    ? "The header MCP-Protocol-Version is missing, while _meta names a protocol version."
                    : "The header MCP-Protocol-Version and the protocol version in _meta differ."
            );
        }

        return header == ProtocolRevisions.PerRequest ? null : Unsupported(message, header, [ProtocolRevisions.PerRequest]);
    }

    private static Rejection? CheckMeta(IncomingMessage message)
    {
        if (message.Kind != MessageKind.Request)
        {
            return null;
        }

        var meta = Meta(message);
        if (Member(meta, MetaKeys.ClientCapabilities) is not { } capabilities)
        {
            return Missing(message, MetaKeys.ClientCapabilities);
        }

        return capabilities.ValueKind != JsonValueKind.Object ? InvalidMeta(message, MetaKeys.ClientCapabilities, "an object")
            : !ClientMeta.AreCapabilities(capabilities)
                ? InvalidMeta(message, MetaKeys.ClientCapabilities, "an object whose members are client capabilities")
            : Member(meta, MetaKeys.ClientInfo) is { } info && !ClientMeta.IsInfo(info)
                ? InvalidMeta(message, MetaKeys.ClientInfo, "an object with a name and a version")
            : Member(meta, MetaKeys.LogLevel) is { } level
            && (level.ValueKind != JsonValueKind.String || LogLevels.Rank(level.GetString()) is null)
                ? InvalidMeta(message, MetaKeys.LogLevel, "a log level")
            : null;
    }

    private static Rejection? CheckHeaders(IncomingMessage message, IHeaderDictionary headers)
    {
        if (Decoded(headers, "Mcp-Method") != message.Method)
        {
            return Mismatch(message, "The header Mcp-Method is missing or differs from the message's method.");
        }

        var named = message.Method switch
        {
            "tools/call" or "prompts/get" => "name",
            "resources/read" => "uri",
            _ => null,
        };
        return
            named is not null
            && Member(message.Params, named) is { ValueKind: JsonValueKind.String } name
            && Decoded(headers, "Mcp-Name") != name.GetString()
            ? Mismatch(message, $"The header Mcp-Name is missing or differs from the message's '{named}'.")
            : null;
    }

    private static Rejection? CheckRemoved(IncomingMessage message) =>
        message.Kind == MessageKind.Request && s_removed.Contains(message.Method)
            ? new Rejection(
                StatusCodes.Status404NotFound,
                Rejection.MethodNotFound,
                $"The method '{message.Method}' is not served in revision {ProtocolRevisions.PerRequest}.",
                message.Id
            )
            : null;

    private static string? Decoded(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var value) ? McpHeaderEncoder.DecodeValue(value.ToString().Trim()) : null;

    private static JsonElement? Meta(IncomingMessage message) => Member(message.Params, "_meta");

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var member) ? member : null;

    internal static bool IsImplementation(JsonElement element) =>
        Member(element, "name") is { ValueKind: JsonValueKind.String }
        && Member(element, "version") is { ValueKind: JsonValueKind.String };

    private static Rejection Missing(IncomingMessage message, string key) =>
        Rejection.BadRequest(
            Rejection.InvalidParams,
            $"Requests of revision {ProtocolRevisions.PerRequest} must have '{key}' in params._meta.",
            message.Id
        );

    private static Rejection InvalidMeta(IncomingMessage message, string key, string expected) =>
        Rejection.BadRequest(Rejection.InvalidParams, $"'{key}' in params._meta must be {expected}.", message.Id);

    private static Rejection Mismatch(IncomingMessage message, string text) =>
        Rejection.BadRequest(Rejection.HeaderMismatch, text, message.Id);

    private static Rejection Unsupported(IncomingMessage message, string requested, IReadOnlyList<string> supported) =>
        Rejection.BadRequest(
            Rejection.UnsupportedVersion,
            "This protocol version is not supported.",
            message.Id,
            new JsonObject
            {
                ["supported"] = new JsonArray([.. supported.Select(version => (JsonNode)version)]),
                ["requested"] = Replies.Quotable.Shorten(requested),
            }
        );
}
