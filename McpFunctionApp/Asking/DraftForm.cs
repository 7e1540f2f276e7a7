using System.Buffers;
using McpFunctionApp.Arguments;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Asking;

/// <summary>Writes a form for whoever draws it, with what is known so far; docs/asking.md describes its members.</summary>
internal static class DraftForm
{
    /// <param name="given">What the reading was made of: what could not be read is shown as it was given.</param>
    public static JsonElement Write(FormOptions form, FormSchema schema, ArgumentReading reading, JsonElement given)
    {
        var buffer = new ArrayBufferWriter<byte>(4_096);
        using (var writer = new Utf8JsonWriter(buffer, CompactJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("tool", form.Tool);
            writer.WriteString("title", form.Title);
            writer.WriteStartArray("fields");
            foreach (var property in schema.Properties)
            {
                WriteField(writer, property);
            }

            writer.WriteEndArray();
            WriteValues(writer, schema, reading, given);
            DraftAnswer.WriteProblems(writer, reading.Problems);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void WriteField(Utf8JsonWriter writer, FormProperty property)
    {
        writer.WriteStartObject();
        writer.WriteString("key", property.Key);
        writer.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(property.Kind.ToString()));
        writer.WriteString("title", FieldTitle.Of(property));
        writer.WriteString("description", property.Description);
        writer.WriteBoolean("required", property.Required);
        WriteOptions(writer, property);
        JsonSchemaWriter.WriteDefault(writer, property);
        JsonSchemaWriter.WriteLimits(writer, property);
        if (property.Pattern is { } pattern)
        {
            writer.WriteString("pattern", pattern);
        }

        writer.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter writer, FormProperty property)
    {
        if (property.Options.IsEmpty || property.Kind == PropertyKind.Boolean)
        {
            return;
        }

        if (property.ListsOptions)
        {
            writer.WriteStartArray("options");
            foreach (var option in property.Options)
            {
                writer.WriteStringValue(option.Label);
            }

            writer.WriteEndArray();
        }

        writer.WriteNumber("optionCount", property.Options.Length);
    }

    private static void WriteValues(Utf8JsonWriter writer, FormSchema schema, ArgumentReading reading, JsonElement given)
    {
        var read = reading.Form.Values.ToDictionary(value => value.Property.Key, value => value.Value, StringComparer.Ordinal);
        writer.WriteStartObject("values");
        foreach (var key in schema.Properties.Select(property => property.Key))
        {
            if (
                read.TryGetValue(key, out var value)
                || (given.TryGetProperty(key, out value) && value.ValueKind != JsonValueKind.Null)
            )
            {
                writer.WritePropertyName(key);
                value.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }
}
