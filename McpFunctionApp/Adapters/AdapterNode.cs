using System.Collections.Immutable;
using System.Text;

namespace McpFunctionApp.Adapters;

/// <summary>A text of an adapter's file, and where it stands. One that is written as a list of lines is one text.</summary>
/// <param name="Lines">Each line, and the place in the file of each of its characters.</param>
internal sealed record AdapterText(ImmutableArray<(string Text, ImmutableArray<int> Places)> Lines)
{
    public string Text => string.Join('\n', Lines.Select(line => line.Text));

    /// <summary>The place in the file of a place in <see cref="Text"/>.</summary>
    public int PlaceOf(int at)
    {
        foreach (var (text, places) in Lines)
        {
            if (at <= text.Length)
            {
                return places[at];
            }

            at -= text.Length + 1;
        }

        return Lines[^1].Places[^1];
    }
}

/// <summary>
/// A node of an adapter's file with its place: an object, a text or a list of texts. Everything else has no use there.
/// </summary>
/// <param name="Place">The byte at which it begins.</param>
internal sealed record AdapterNode(
    int Place,
    ImmutableArray<(string Name, int Place, AdapterNode Value)>? Members,
    AdapterText? Text
)
{
    private const int MaxDepth = 8;

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static AdapterNode Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(
            utf8,
            new JsonReaderOptions
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
                MaxDepth = MaxDepth,
            }
        );
        reader.Read();
        var root = Read(ref reader, utf8);
        if (reader.Read())
        {
            throw new JsonException("more than one value");
        }

        return root;
    }

    private static AdapterNode Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var place = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return new AdapterNode(place, ReadMembers(ref reader, utf8), null);
            case JsonTokenType.String:
                return new AdapterNode(place, null, new AdapterText([Line(ref reader, utf8)]));
            case JsonTokenType.StartArray:
                return new AdapterNode(place, null, ReadLines(ref reader, utf8));
            default:
                return new AdapterNode(place, null, null);
        }
    }

    private static ImmutableArray<(string, int, AdapterNode)> ReadMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var members = ImmutableArray.CreateBuilder<(string, int, AdapterNode)>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, place) = (reader.GetString()!, (int)reader.TokenStartIndex);
            reader.Read();
            members.Add((name, place, Read(ref reader, utf8)));
        }

        return members.ToImmutable();
    }

    private static AdapterText? ReadLines(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var lines = ImmutableArray.CreateBuilder<(string, ImmutableArray<int>)>();
        var isText = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            isText &= reader.TokenType == JsonTokenType.String;
            if (isText)
            {
                lines.Add(Line(ref reader, utf8));
            }
            else
            {
                reader.Skip();
            }
        }

        return isText && lines.Count > 0 ? new AdapterText(lines.ToImmutable()) : null;
    }

    /// <summary>The text between two quotes, and where in the file each of its UTF-16 units begins; escapes are several
    /// bytes.</summary>
    private static (string, ImmutableArray<int>) Line(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var places = ImmutableArray.CreateBuilder<int>();
        var at = (int)reader.TokenStartIndex + 1;
        var end = at + reader.ValueSpan.Length;
        while (at < end)
        {
            places.Add(at);
            if (utf8[at] == '\\')
            {
                at += utf8[at + 1] == 'u' ? 6 : 2;
                continue;
            }

            Rune.DecodeFromUtf8(utf8[at..end], out var rune, out var length);
            places.AddRange(Enumerable.Repeat(at, rune.Utf16SequenceLength - 1));
            at += length;
        }

        places.Add(end);
        return (reader.GetString()!, places.ToImmutable());
    }
}
