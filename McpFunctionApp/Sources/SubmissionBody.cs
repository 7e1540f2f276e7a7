using System.Buffers;
using System.Globalization;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>
/// Turns a filled form back into what the form API knows: one flat object of the form's own keys, an option's value with
/// the JSON type that the form gave it, arrays for multiple choices. Nothing is lost or rounded on the way.
/// </summary>
internal static class SubmissionBody
{
    public static ReadOnlyMemory<byte> Write(FilledForm form)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, JsonSchemaWriter.Compact))
        {
            var written = new HashSet<string>(StringComparer.Ordinal);
            writer.WriteStartObject();
            foreach (var value in form.Values.Where(value => written.Add(value.Property.OriginalKey)))
            {
                writer.WritePropertyName(value.Property.OriginalKey);
                WriteValue(writer, value);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteValue(Utf8JsonWriter writer, FilledValue value)
    {
        if (value.Chosen.IsEmpty)
        {
            WriteGiven(writer, value);
        }
        else if (value.Property.Kind == PropertyKind.Choices)
        {
            writer.WriteStartArray();
            foreach (var option in value.Chosen)
            {
                writer.WriteRawValue(option.ValueJson);
            }

            writer.WriteEndArray();
        }
        else
        {
            writer.WriteRawValue(value.Chosen[0].ValueJson);
        }
    }

    private static void WriteGiven(Utf8JsonWriter writer, FilledValue value)
    {
        if (value.Property is { Kind: PropertyKind.Date or PropertyKind.DateTime, SubmittedFormat: { } format })
        {
            writer.WriteStringValue(Moment(value.Value.GetString()!, format));
        }
        else
        {
            writer.WriteRawValue(value.Value.GetRawText());
        }
    }

    // A format without an offset would lose where the moment's clock stood: it is written in UTC.
    private static string Moment(string text, string format)
    {
        var moment = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return (format.Contains('z') || format.Contains('K') ? moment : moment.ToUniversalTime()).ToString(format, CultureInfo.InvariantCulture);
    }
}
