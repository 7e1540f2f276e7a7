using McpFunctionApp.Arguments;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Asking;

/// <summary>
/// Writes fields as the schema of an elicitation: only the kinds and members that the specification knows
/// (https://modelcontextprotocol.io/specification, "Elicitation", requested schema). Pure.
/// </summary>
internal static class QuestionSchema
{
    public static void Write(
        Utf8JsonWriter writer,
        IReadOnlyList<FormProperty> fields,
        ArgumentReading reading,
        JsonElement given
    )
    {
        writer.WriteStartObject();
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        foreach (var field in fields)
        {
            WriteField(writer, field, QuestionDefault.Of(field, reading, given));
        }

        writer.WriteEndObject();
        var required = fields.Where(field => IsRequired(field, given)).ToList();
        if (required.Count > 0)
        {
            writer.WritePropertyName("required");
            JsonValues.Write(writer, required.Select(field => field.Key));
        }

        writer.WriteEndObject();
    }

    /// <summary>Whether a field must be filled in: also one that is only required since something beside it was given.</summary>
    private static bool IsRequired(FormProperty field, JsonElement given) =>
        field.Required
        || (field.RequiredUnder > 0 && (!given.TryGetProperty(field.Key, out var value) || ValueReader.IsBlank(value)));

    private static void WriteField(Utf8JsonWriter writer, FormProperty field, JsonElement? value)
    {
        var isList = field.Kind == PropertyKind.Choices && IsListed(field);
        writer.WriteStartObject(field.Key);
        writer.WriteString("type", TypeOf(field, isList));
        writer.WriteString("title", FieldTitle.Of(field));
        if (Describe(field) is { Length: > 0 } description)
        {
            writer.WriteString("description", description);
        }

        if (field.Kind is PropertyKind.Date or PropertyKind.DateTime)
        {
            writer.WriteString("format", field.Kind == PropertyKind.Date ? "date" : "date-time");
        }

        // There is no kind for texts in any number: they are asked for as one text, whose length says nothing.
        if (field.Kind != PropertyKind.Choices || isList)
        {
            JsonSchemaWriter.WriteLimits(writer, field);
        }

        WriteOptions(writer, field, isList);
        WriteDefault(writer, field, isList, value);
        writer.WriteEndObject();
    }

    private static bool IsListed(FormProperty field) => JsonSchemaWriter.CountListed(field) > 0;

    private static string TypeOf(FormProperty field, bool isList) =>
        field.Kind switch
        {
            PropertyKind.Number => "number",
            PropertyKind.Integer => "integer",
            PropertyKind.Boolean => "boolean",
            _ => isList ? "array" : "string",
        };

    private static string Describe(FormProperty field)
    {
        var pattern = field.Pattern is { } given ? $"(must match the pattern {given})" : "";
        var several = field.Kind == PropertyKind.Choices && !IsListed(field) ? "(several: [\"one\",\"another\"])" : "";
        return string.Join(' ', new[] { field.Description, pattern, several }.Where(text => text.Length > 0));
    }

    private static void WriteOptions(Utf8JsonWriter writer, FormProperty field, bool isList)
    {
        if (!IsListed(field))
        {
            return;
        }

        if (isList)
        {
            writer.WriteStartObject("items");
        }

        writer.WriteStartArray(isList ? "anyOf" : "oneOf");
        foreach (var option in field.Options)
        {
            writer.WriteStartObject();
            writer.WriteString("const", option.Label);
            writer.WriteString("title", option.Label);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (isList)
        {
            writer.WriteEndObject();
        }
    }

    private static void WriteDefault(Utf8JsonWriter writer, FormProperty field, bool isList, JsonElement? value)
    {
        if (value is not { } given)
        {
            return;
        }

        writer.WritePropertyName("default");
        if (field.Kind == PropertyKind.Choices && !isList)
        {
            writer.WriteStringValue(given.GetArrayLength() == 1 ? given[0].GetString() : given.GetRawText());
        }
        else if (JsonValues.Integer(given) is { } whole)
        {
            writer.WriteNumberValue(whole);
        }
        else
        {
            given.WriteTo(writer);
        }
    }
}
