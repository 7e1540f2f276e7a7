using System.Text.Unicode;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>
/// Reads a form API's answer: a field list, <c>{"fieldList":[...]}</c>, or a JSON Schema with <c>properties</c>, whichever
/// it is. Unknown members are ignored; a field of the wrong shape is one fault and never fails the others.
/// </summary>
public static class FormReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <returns>The form, or null and what was wrong with the answer.</returns>
    public static FormAnswer? Read(ReadOnlyMemory<byte> utf8, FormNotes notes, out string problem)
    {
        var body = WithoutMark(utf8);
        if (!Utf8.IsValid(body.Span))
        {
            problem = "the answer is not valid UTF-8";
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement, notes, out problem);
        }
        catch (JsonException e)
        {
            problem = $"the answer is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})";
            return null;
        }
        catch (InvalidOperationException)
        {
            problem = "the answer has a member whose name is not valid Unicode";
            return null;
        }
    }

    /// <summary>The same without a byte order mark, which some APIs put before their JSON.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;

    private static FormAnswer? Read(JsonElement root, FormNotes notes, out string problem)
    {
        if (
            root.ValueKind == JsonValueKind.Object
            && root.TryGetProperty("fieldList", out var list)
            && list.ValueKind == JsonValueKind.Array
        )
        {
            return new FieldListReader(notes).Read(list, out problem);
        }

        if (JsonSchemaReader.IsSchema(root))
        {
            return JsonSchemaReader.Read(root, notes, out problem);
        }

        problem = "the answer is neither an object with a 'fieldList' array nor a JSON Schema with 'properties'";
        return null;
    }
}
