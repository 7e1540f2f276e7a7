using System.Buffers;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>
/// Turns validated arguments back into what the form API knows: one flat object of the form's own keys, an option's
/// value with the JSON type that the form gave it, arrays for multiple choices. Nothing is lost or rounded on the way.
/// </summary>
internal static class SubmissionBody
{
    public static ReadOnlyMemory<byte> Write(FormSchema schema, JsonElement arguments)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, JsonSchemaWriter.Compact))
        {
            var written = new HashSet<string>(StringComparer.Ordinal);
            writer.WriteStartObject();
            foreach (var property in schema.Properties)
            {
                if (arguments.TryGetProperty(property.Key, out var value) && written.Add(property.OriginalKey))
                {
                    writer.WritePropertyName(property.OriginalKey);
                    WriteValue(writer, property, value);
                }
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteValue(Utf8JsonWriter writer, FormProperty property, JsonElement value)
    {
        if (property.Options.IsEmpty)
        {
            writer.WriteRawValue(value.GetRawText());
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            var values = property.Options.ToDictionary(option => option.Label, option => option.ValueJson, StringComparer.Ordinal);
            writer.WriteStartArray();
            foreach (var entry in value.EnumerateArray())
            {
                writer.WriteRawValue(values[entry.GetString()!]);
            }

            writer.WriteEndArray();
        }
        else
        {
            writer.WriteRawValue(property.Options.First(option => value.ValueEquals(option.Label)).ValueJson);
        }
    }
}
