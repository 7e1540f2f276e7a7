using System.Buffers;
using McpFunctionApp.Forms;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Catalog;

/// <summary>A tool as a list shows it: as UTF-8 JSON, written once, and as the SDK's object.</summary>
/// <param name="isReadOnly">True: changes nothing, and looks at nothing outside. False: creates something outside each time it is called, and destroys nothing.</param>
public sealed class ListedTool(string name, string title, string description, JsonElement inputSchema, JsonElement outputSchema, bool isReadOnly)
{
    private byte[]? _json;

    public string Name => name;

    public ReadOnlyMemory<byte> Json => _json ??= Write();

    /// <summary>A new one each time, since it can be written into.</summary>
    public Tool ToTool() => new()
    {
        Name = name,
        Title = title,
        Description = description,
        InputSchema = inputSchema,
        OutputSchema = outputSchema,
        Annotations = new ToolAnnotations { Title = title, ReadOnlyHint = isReadOnly, DestructiveHint = false, IdempotentHint = isReadOnly, OpenWorldHint = !isReadOnly },
    };

    private byte[] Write()
    {
        var json = new ArrayBufferWriter<byte>(1_024);
        using var writer = new Utf8JsonWriter(json, JsonSchemaWriter.Compact);
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        writer.WriteString("title"u8, title);
        writer.WriteString("description"u8, description);
        writer.WritePropertyName("inputSchema"u8);
        inputSchema.WriteTo(writer);
        writer.WritePropertyName("outputSchema"u8);
        outputSchema.WriteTo(writer);
        WriteAnnotations(writer);
        writer.WriteEndObject();
        writer.Flush();
        return json.WrittenSpan.ToArray();
    }

    private void WriteAnnotations(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("annotations"u8);
        writer.WriteString("title"u8, title);
        writer.WriteBoolean("destructiveHint"u8, false);
        writer.WriteBoolean("idempotentHint"u8, isReadOnly);
        writer.WriteBoolean("openWorldHint"u8, !isReadOnly);
        writer.WriteBoolean("readOnlyHint"u8, isReadOnly);
        writer.WriteEndObject();
    }
}
