using System.Text.Encodings.Web;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;

namespace McpFunctionApp.Replies;

/// <summary>How messages are written: by the SDK's types, and with no escapes but those that JSON asks for.</summary>
public static class RpcJson
{
    /// <summary>The SDK's own would write six bytes for each quotation mark, and twelve where a text holds JSON.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly Lazy<JsonSerializerOptions> s_options = new(() =>
        new JsonSerializerOptions(McpJsonUtilities.DefaultOptions) { Encoder = Encoder }
    );

    public static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)s_options.Value.GetTypeInfo(typeof(T));
}
