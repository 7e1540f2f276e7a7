namespace McpFunctionApp.Asking;

/// <summary>What a client sends with one call of a tool; the elements live as long as its message.</summary>
/// <param name="Arguments">An object; empty where the call gave none.</param>
public sealed record ToolCall(JsonElement Arguments)
{
    /// <summary>Whether the person behind the client can be asked: revision 2026-07-28, and the request declares elicitation by
    /// form.</summary>
    public bool CanAsk { get; init; }

    /// <summary>What an earlier answer gave to be sent back; null: this call begins anew.</summary>
    public string? State { get; init; }

    /// <summary>What the person has answered, by the names of what was asked; null where nothing was.</summary>
    public JsonElement? Responses { get; init; }

    /// <summary>The key of the draft that this call sends, as it came; null where it sends none.</summary>
    public JsonElement? DraftKey { get; init; }
}
