using System.Buffers;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Asking;

/// <summary>Puts objects of values over each other. Pure.</summary>
internal static class Overlay
{
    public static JsonElement Nothing { get; } = JsonElement.Parse("{}"u8);

    /// <returns>An object with the members of both, where both have one the upper's.</returns>
    public static JsonElement Of(JsonElement lower, JsonElement upper)
    {
        var names = upper.EnumerateObject().Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        return Write(writer =>
        {
            foreach (var member in lower.EnumerateObject().Where(member => !names.Contains(member.Name)))
            {
                member.WriteTo(writer);
            }

            foreach (var member in upper.EnumerateObject())
            {
                member.WriteTo(writer);
            }
        });
    }

    /// <summary>An object of the members that are written.</summary>
    public static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, CompactJson.Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
