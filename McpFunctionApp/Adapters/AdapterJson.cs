using System.Text.Unicode;
using McpFunctionApp.Sources;

namespace McpFunctionApp.Adapters;

/// <summary>JSON that a system answered, read as strictly as a form's.</summary>
internal static class AdapterJson
{
    /// <returns>The document, or null and what was wrong with it.</returns>
    public static JsonElement? Read(ReadOnlyMemory<byte> utf8, out string problem)
    {
        var body = FormReader.WithoutMark(utf8).Span;
        if (!Utf8.IsValid(body))
        {
            problem = "the answer is not valid UTF-8";
            return null;
        }

        try
        {
            problem = "";
            return JsonElement.Parse(body);
        }
        catch (JsonException e)
        {
            problem = $"the answer is not JSON, or too deep (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})";
            return null;
        }
    }
}
