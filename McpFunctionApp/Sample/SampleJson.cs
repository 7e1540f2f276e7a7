using System.Buffers;
using System.Text.Encodings.Web;

namespace McpFunctionApp.Sample;

/// <summary>Writes JSON as compact UTF-8 bytes.</summary>
internal static class SampleJson
{
    // The bytes are read in terminals and logs, never as part of a page: quotes, tags and umlauts stay as they are.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            write(json);
        }

        // A copy of the right size: forms and submissions are kept, the writer's spare room need not be.
        return bytes.WrittenSpan.ToArray();
    }
}
