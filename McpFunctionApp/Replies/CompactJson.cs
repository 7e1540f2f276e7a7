using System.Buffers;
using System.Text.Encodings.Web;

namespace McpFunctionApp.Replies;

/// <summary>JSON as this server writes it: on one line, with no escapes but those that JSON asks for. Pure.</summary>
internal static class CompactJson
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="size">About how many bytes it will be, with room for one text more. It may be more; then the writer takes
    /// four
    /// kilobytes at a time.</param>
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write, int size = 512)
    {
        var buffer = new ArrayBufferWriter<byte>(size);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }
}
