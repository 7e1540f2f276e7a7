using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Endpoint;

/// <summary>
/// Tells messages that hold nothing but what this server reads itself, each of it checked by <see cref="ParameterRules"/>
/// and <see cref="RevisionRules"/>. What anything further means is the SDK's to say. Pure.
/// </summary>
internal static class OrdinaryMessage
{
    public static bool Is(IncomingMessage message) => message.Method switch
    {
        RequestMethods.ToolsList => message.Params is not { } parameters || AllMembers(parameters, static member => member.NameEquals("_meta"u8) || member.NameEquals("cursor"u8)),
        RequestMethods.ToolsCall => message.Params is { } parameters && AllMembers(parameters, static member => member.NameEquals("name"u8) || member.NameEquals("arguments"u8) || member.NameEquals("_meta"u8)),
        _ => false,
    };

    /// <summary>Whether the capabilities are an object of objects, as all that are known are; what is in those is no business of a list or a call.</summary>
    public static bool HasPlainCapabilities(JsonElement capabilities) =>
        AllMembers(capabilities, static member => member.Value.ValueKind == JsonValueKind.Object && AllMembers(member.Value, static inner => inner.Value.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False));

    private static bool AllMembers(JsonElement parent, Func<JsonProperty, bool> condition)
    {
        if (parent.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (var member in parent.EnumerateObject())
        {
            if (!condition(member))
            {
                return false;
            }
        }

        return true;
    }
}
