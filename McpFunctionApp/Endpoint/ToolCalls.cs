using McpFunctionApp.Asking;
using McpFunctionApp.Messages;
using McpFunctionApp.Replies;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Endpoint;

/// <summary>What a <c>tools/call</c> carries for the tool. Pure.</summary>
internal static class ToolCalls
{
    private static readonly JsonElement s_nothing = JsonElement.Parse("{}"u8);

    public static ToolCall None { get; } = new(s_nothing);

    public static ToolCall Of(IncomingMessage message, string revision)
    {
        var parameters = message.Params;
        var meta = Member(parameters, "_meta");
        var call = new ToolCall(
            Member(parameters, "arguments") is { ValueKind: JsonValueKind.Object } arguments ? arguments : s_nothing
        )
        {
            DraftKey = Member(meta, ReplyMeta.Draft),
        };
        return revision != ProtocolRevisions.PerRequest
            ? call
            : call with
            {
                CanAsk = Declares(Member(meta, MetaKeys.ClientCapabilities)),
                State = Member(parameters, "requestState") is { ValueKind: JsonValueKind.String } state
                    ? state.GetString()
                    : null,
                Responses = Member(parameters, "inputResponses"),
            };
    }

    /// <summary>Elicitation with no mode named is elicitation by form.</summary>
    private static bool Declares(JsonElement? capabilities) =>
        Member(capabilities, "elicitation") is { ValueKind: JsonValueKind.Object } elicitation
        && (elicitation.TryGetProperty("form"u8, out _) || !elicitation.TryGetProperty("url"u8, out _));

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element
        && element.TryGetProperty(name, out var member)
        && member.ValueKind != JsonValueKind.Null
            ? member
            : null;
}
