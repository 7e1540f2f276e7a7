using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Catalog;

/// <summary>A tool as a list shows it: the SDK's object, and the UTF-8 JSON that the SDK writes it as, made once.</summary>
public sealed class ListedTool(Tool definition)
{
    private static readonly JsonTypeInfo<Tool> s_type = (JsonTypeInfo<Tool>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(Tool));

    private byte[]? _json;

    /// <summary>For reading only: it is shared.</summary>
    public Tool Definition => definition;

    public ReadOnlySpan<byte> Json => _json ??= JsonSerializer.SerializeToUtf8Bytes(definition, s_type);
}
