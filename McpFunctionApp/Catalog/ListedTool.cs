using System.Buffers;
using System.Text.Json.Nodes;
using McpFunctionApp.Replies;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Catalog;

/// <summary>A tool as a list shows it: as UTF-8 JSON, written once, and as the SDK's object.</summary>
/// <param name="inputSchema">Asked when it is needed: to keep a form's schema beside its bytes would take four times as
/// much.</param>
/// <param name="isReadOnly">True: changes nothing, and looks at nothing outside. False: creates something outside each time it is
/// called, and destroys nothing.</param>
/// <param name="outputSchema">Null: structured answers are of no schema that is listed.</param>
public sealed class ListedTool(
    string name,
    string title,
    string description,
    Func<JsonElement> inputSchema,
    JsonElement? outputSchema,
    bool isReadOnly
)
{
    private byte[]? _json;

    public string Name => name;

    /// <summary>
    /// Whether it is listed in few bytes: it has no icon, and its annotations say only what they must, since the title stands
    /// beside them, and what changes nothing destroys nothing. Only for one that is read-only.
    /// </summary>
    public bool IsBrief { get; init; }

    /// <summary>What clients are told of the tool in its <c>_meta</c>, an object; null: nothing.</summary>
    public JsonElement? Meta { get; init; }

    public ReadOnlyMemory<byte> Json => _json ??= Write();

    /// <summary>A new one each time, since it can be written into.</summary>
    public Tool ToTool() =>
        new()
        {
            Name = name,
            Title = title,
            Description = description,
            InputSchema = inputSchema(),
            OutputSchema = outputSchema,
            Icons = IsBrief ? null : ToolIcon.ToIcons(),
            Annotations = IsBrief ? new ToolAnnotations { ReadOnlyHint = true, OpenWorldHint = false } : Annotations(),
            Meta = Meta is { } meta ? JsonObject.Create(meta.Clone()) : null,
        };

    private ToolAnnotations Annotations() =>
        new()
        {
            Title = title,
            ReadOnlyHint = isReadOnly,
            DestructiveHint = false,
            IdempotentHint = isReadOnly,
            OpenWorldHint = !isReadOnly,
        };

    private byte[] Write()
    {
        var json = new ArrayBufferWriter<byte>(1_024);
        using var writer = new Utf8JsonWriter(json, CompactJson.Options);
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        writer.WriteString("title"u8, title);
        writer.WriteString("description"u8, description);
        writer.WritePropertyName("inputSchema"u8);
        inputSchema().WriteTo(writer);
        WriteOptional(writer, "outputSchema"u8, outputSchema);
        WriteAnnotations(writer);
        if (!IsBrief)
        {
            ToolIcon.Write(writer);
        }

        WriteOptional(writer, "_meta"u8, Meta);
        writer.WriteEndObject();
        writer.Flush();
        return json.WrittenSpan.ToArray();
    }

    private static void WriteOptional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonElement? value)
    {
        if (value is { } given)
        {
            writer.WritePropertyName(name);
            given.WriteTo(writer);
        }
    }

    private void WriteAnnotations(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("annotations"u8);
        if (!IsBrief)
        {
            writer.WriteString("title"u8, title);
            writer.WriteBoolean("destructiveHint"u8, false);
            writer.WriteBoolean("idempotentHint"u8, isReadOnly);
        }

        writer.WriteBoolean("openWorldHint"u8, !isReadOnly);
        writer.WriteBoolean("readOnlyHint"u8, isReadOnly);
        writer.WriteEndObject();
    }
}
