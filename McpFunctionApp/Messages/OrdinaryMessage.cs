using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Messages;

/// <summary>
/// Tells messages that hold nothing but what this server reads itself, each of it checked by <see cref="ParameterRules"/>
/// and <see cref="RevisionRules"/>. What anything further means is the SDK's to say. Pure.
/// </summary>
internal static class OrdinaryMessage
{
    public static bool Is(IncomingMessage message) =>
        message.Method switch
        {
            RequestMethods.ToolsList => message.Params is not { } parameters
                || AllMembers(parameters, static member => member.NameEquals("_meta"u8) || member.NameEquals("cursor"u8)),
            RequestMethods.ToolsCall => message.Params is { } parameters
                && AllMembers(
                    parameters,
                    static member =>
                        member.NameEquals("name"u8) || member.NameEquals("arguments"u8) || member.NameEquals("_meta"u8)
                ),
            _ => false,
        };

    public static bool AllMembers(JsonElement parent, Func<JsonProperty, bool> condition)
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
