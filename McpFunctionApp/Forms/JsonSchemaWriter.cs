using System.Buffers;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Forms;

/// <summary>
/// Writes parameters as a JSON Schema that every known MCP client accepts: flat, no references or combinators, arrays
/// with items, enums of strings with a type, no unknown parameters. The same parameters give the same bytes.
/// </summary>
public static class JsonSchemaWriter
{
    // Names and descriptions in any language stay readable, and cost one to four bytes a character instead of six.
    public static JsonElement Write(IReadOnlyList<FormProperty> properties)
    {
        using var document = JsonDocument.Parse(WriteBytes(properties));
        return document.RootElement.Clone();
    }

    /// <summary>The bytes that one parameter takes in the schema, its place among the required ones included.</summary>
    public static int Measure(FormProperty property)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, CompactJson.Options))
        {
            writer.WriteStartObject();
            WriteProperty(writer, property);
            writer.WriteEndObject();
        }

        // Two braces less, one comma more; and of a required one the quoted key with its comma.
        return buffer.WrittenCount - 1 + (property.Required ? property.Key.Length + 3 : 0);
    }

    /// <summary>The bytes of the whole schema.</summary>
    public static int Measure(IReadOnlyList<FormProperty> properties) => WriteBytes(properties).Length;

    /// <summary>How many values the schema lists of this parameter.</summary>
    public static int CountListed(FormProperty property) =>
        property.ListsOptions && property.Kind != PropertyKind.Boolean ? property.Options.Length : 0;

    /// <summary>The bytes of a schema without its parameters.</summary>
    public static int Frame => """{"type":"object","properties":{},"required":[],"additionalProperties":false}""".Length;

    private static ReadOnlyMemory<byte> WriteBytes(IReadOnlyList<FormProperty> properties)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using var writer = new Utf8JsonWriter(buffer, CompactJson.Options);
        writer.WriteStartObject();
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        foreach (var property in properties)
        {
            WriteProperty(writer, property);
        }

        writer.WriteEndObject();
        WriteRequired(writer, properties);
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteRequired(Utf8JsonWriter writer, IReadOnlyList<FormProperty> properties)
    {
        // Older drafts of JSON Schema forbid an empty list.
        if (properties.Any(p => p.Required))
        {
            writer.WriteStartArray("required");
            foreach (var property in properties.Where(p => p.Required))
            {
                writer.WriteStringValue(property.Key);
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteProperty(Utf8JsonWriter writer, FormProperty property)
    {
        writer.WriteStartObject(property.Key);
        writer.WriteString("type", TypeName(property.Kind));
        if (property.Title is { } title && PropertyKeys.IsMadeUp(property.Key))
        {
            writer.WriteString("title", title);
        }

        if (property.Description.Length > 0)
        {
            writer.WriteString("description", property.Description);
        }

        if (property.Kind == PropertyKind.Choices)
        {
            writer.WriteStartObject("items");
            writer.WriteString("type", "string");
            WriteEnum(writer, property);
            writer.WriteEndObject();
            writer.WriteBoolean("uniqueItems", true);
        }
        else
        {
            WriteEnum(writer, property);
        }

        WriteLimits(writer, property);
        if (property.Pattern is { } pattern)
        {
            writer.WriteString("pattern", pattern);
        }

        WriteDefault(writer, property);
        writer.WriteEndObject();
    }

    private static string TypeName(PropertyKind kind) =>
        kind switch
        {
            PropertyKind.Number => "number",
            PropertyKind.Integer => "integer",
            PropertyKind.Boolean => "boolean",
            PropertyKind.Choices => "array",
            _ => "string",
        };

    private static void WriteEnum(Utf8JsonWriter writer, FormProperty property)
    {
        if (CountListed(property) > 0)
        {
            writer.WriteStartArray("enum");
            foreach (var option in property.Options)
            {
                writer.WriteStringValue(option.Label);
            }

            writer.WriteEndArray();
        }
    }

    /// <summary>The fewest and most, by the names of JSON Schema.</summary>
    internal static void WriteLimits(Utf8JsonWriter writer, FormProperty property)
    {
        var (least, most) = property.Kind switch
        {
            PropertyKind.Text => ("minLength", "maxLength"),
            PropertyKind.Choices => ("minItems", "maxItems"),
            _ => ("minimum", "maximum"),
        };

        // What is required is not given by an empty text or an empty list.
        var isEmptiable = property.Kind is PropertyKind.Text or PropertyKind.Choices;
        if ((isEmptiable && property.Required ? Math.Max(1, property.Min ?? 1) : property.Min) is { } min)
        {
            writer.WriteNumber(least, min);
        }

        if (property.Max is { } max)
        {
            writer.WriteNumber(most, max);
        }
    }

    /// <summary>The form's default as a member, where it has one.</summary>
    internal static void WriteDefault(Utf8JsonWriter writer, FormProperty property)
    {
        if (property.Default is not { } value)
        {
            return;
        }

        writer.WritePropertyName("default");
        if (property.Kind == PropertyKind.Choices)
        {
            writer.WriteStartArray();
            foreach (var label in value.Labels)
            {
                writer.WriteStringValue(label);
            }

            writer.WriteEndArray();
        }
        else if (value.Number is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else if (property.Kind == PropertyKind.Boolean)
        {
            writer.WriteBooleanValue(value.Text == "true");
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}
