using System.Buffers;
using McpFunctionApp.Arguments;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Asking;

/// <summary>Writes the structured answer of a draft: <c>tool</c>, <c>ready</c>, <c>problems</c>, and <c>data</c> as the receipt
/// would show it.</summary>
internal static class DraftAnswer
{
    public static JsonElement Write(FormOptions form, ArgumentReading reading)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, JsonSchemaWriter.Compact))
        {
            writer.WriteStartObject();
            writer.WriteString("tool", form.Tool);
            writer.WriteBoolean("ready", reading.Problems.Count == 0);
            WriteProblems(writer, reading.Problems);
            writer.WritePropertyName("data");
            reading.Form.ToJson().WriteTo(writer);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

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
