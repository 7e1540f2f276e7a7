using McpFunctionApp.Arguments;
using McpFunctionApp.FormApi;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Asking;

/// <summary>Writes the structured answer of a draft: <c>tool</c>, <c>ready</c>, <c>problems</c>, and <c>data</c> as the receipt
/// would show it.</summary>
internal static class DraftAnswer
{
    public static ReadOnlyMemory<byte> Write(FormOptions form, ArgumentReading reading) =>
        CompactJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("tool", form.Tool);
            writer.WriteBoolean("ready", reading.Problems.Count == 0);
            WriteProblems(writer, reading.Problems);
            writer.WritePropertyName("data");
            writer.WriteRawValue(reading.Form.ToUtf8().Span, skipInputValidation: true);
            writer.WriteEndObject();
        });

    public static void WriteProblems(Utf8JsonWriter writer, ArgumentProblems problems)
    {
        writer.WriteStartArray("problems");
        foreach (var problem in problems.Told)
        {
            problem.ToJson().WriteTo(writer);
        }

        writer.WriteEndArray();
    }
}
