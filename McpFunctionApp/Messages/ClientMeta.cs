using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Messages;

/// <summary>
/// Whether what a client says of itself in a request's <c>_meta</c> can be read, by the SDK's types: a list or a call
/// that its server never sees is refused for the same. Pure.
/// </summary>
internal static class ClientMeta
{
    /// <param name="capabilities">An object.</param>
    public static bool AreCapabilities(JsonElement capabilities) =>
        OrdinaryMessage.AllMembers(capabilities, static member => OrdinaryMessage.AllMembers(member.Value, IsPlain))
        || IsReadable(capabilities, typeof(ClientCapabilities));

    public static bool IsInfo(JsonElement info) =>
        RevisionRules.IsImplementation(info)
        && (
            OrdinaryMessage.AllMembers(info, static member => member.NameEquals("name"u8) || member.NameEquals("version"u8))
            || IsReadable(info, typeof(Implementation))
        );

    /// <summary>What all capabilities of the specification hold, if anything; it need not wake the SDK's serializer up.</summary>
    private static bool IsPlain(JsonProperty member) =>
        member.NameEquals("listChanged"u8)
            ? member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False
            : OrdinaryMessage.AllMembers(member.Value, static _ => false);

    private static bool IsReadable(JsonElement element, Type type)
    {
        try
        {
            return element.Deserialize(McpJsonUtilities.DefaultOptions.GetTypeInfo(type)) is not null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }
}
