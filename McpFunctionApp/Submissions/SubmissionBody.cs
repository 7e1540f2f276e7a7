using System.Buffers;
using System.Globalization;
using McpFunctionApp.Forms;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Submissions;

/// <summary>
/// Turns a filled form back into what the form API knows: an object of the form's own keys, nested as the form has them, an
/// option's value with the JSON type that the form gave it, arrays for multiple choices, and what is submitted without
/// being asked for. Nothing is lost or rounded on the way.
/// </summary>
internal static class SubmissionBody
{
    /// <summary>The format of a date that is submitted as a number: the milliseconds since 1970, UTC.</summary>
    public const string Milliseconds = "unix-ms";

    public static ReadOnlyMemory<byte> Write(FilledForm form)
    {
        var root = new Node();
        foreach (var value in form.Values)
        {
            root.Put(value.Property.Path.AsSpan(), writer => WriteValue(writer, value));
        }

        foreach (var value in form.Schema.Fixed.Where(value => value.Under == 0 || root.Has(value.Path.AsSpan()[..value.Under])))
        {
            root.Put(value.Path.AsSpan(), writer => writer.WriteRawValue(value.ValueJson));
        }

        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, CompactJson.Options))
        {
            root.Write(writer);
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
            WriteMoment(writer, value.Value.GetString()!, format);
        }
        else
        {
            writer.WriteRawValue(value.Value.GetRawText());
        }
    }

    private static void WriteMoment(Utf8JsonWriter writer, string text, string format)
    {
        if (format == Milliseconds)
        {
            writer.WriteNumberValue(
                DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds()
            );
        }
        else
        {
            writer.WriteStringValue(Moment(text, format));
        }
    }

    // A format without an offset would lose where the moment's clock stood: it is written in UTC.
    private static string Moment(string text, string format)
    {
        var moment = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return (format.Contains('z') || format.Contains('K') ? moment : moment.ToUniversalTime()).ToString(
            format,
            CultureInfo.InvariantCulture
        );
    }

    /// <summary>An object while it is put together: its members in the order in which they came, each once.</summary>
    private sealed class Node
    {
        private readonly List<(string Name, Node? Object, Action<Utf8JsonWriter>? Value)> _members = [];
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

        /// <summary>The first value for a path stays.</summary>
        public void Put(ReadOnlySpan<string> path, Action<Utf8JsonWriter> value)
        {
            var isNew = _places.TryAdd(path[0], _members.Count);
            if (isNew)
            {
                _members.Add(path.Length == 1 ? (path[0], null, value) : (path[0], new Node(), null));
            }

            if (path.Length > 1)
            {
                _members[_places[path[0]]].Object?.Put(path[1..], value);
            }
        }

        public bool Has(ReadOnlySpan<string> path) =>
            _places.TryGetValue(path[0], out var place) && (path.Length == 1 || _members[place].Object?.Has(path[1..]) == true);

        public void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            foreach (var (name, members, value) in _members)
            {
                writer.WritePropertyName(name);
                members?.Write(writer);
                value?.Invoke(writer);
            }

            writer.WriteEndObject();
        }
    }
}
