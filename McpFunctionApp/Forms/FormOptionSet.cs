using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Serialization;

namespace McpFunctionApp.Forms;

/// <summary>
/// All choices of one parameter in their order, packed: their texts as UTF-8, one after the other, in one array. As
/// objects, a choice of 20 letters takes 170 bytes, and a form has a thousand; packed it takes about 35. A
/// <see cref="FormOption"/> is made anew each time it is asked for: compare places or labels, not references.
/// </summary>
[CollectionBuilder(typeof(FormOptionSet), nameof(Create))]
[JsonConverter(typeof(FormOptionSetJson))]
public sealed class FormOptionSet : IReadOnlyList<FormOption>, IEquatable<FormOptionSet>
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _texts;
    private readonly int[] _starts;

    private FormOptionSet(byte[] texts, int[] starts) => (_texts, _starts) = (texts, starts);

    public int Length => _starts.Length;

    public int Count => _starts.Length;

    public bool IsEmpty => _starts.Length == 0;

    /// <summary>What this takes in memory.</summary>
    public long MemoryBytes => IsEmpty ? 0 : 88L + _texts.Length + (sizeof(int) * (long)_starts.Length);

    public FormOption this[int index]
    {
        get
        {
            var at = _starts[index];
            return new(ReadText(ref at), ReadText(ref at)) { OtherNames = ReadNames(ref at) };
        }
    }

    public static FormOptionSet Create(ReadOnlySpan<FormOption> options)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        var starts = new int[options.Length];
        for (var place = 0; place < options.Length; place++)
        {
            starts[place] = (int)bytes.Length;
            Write(writer, options[place]);
            writer.Flush();
        }

        return new(bytes.ToArray(), starts);
    }

    /// <summary>The label alone.</summary>
    public string LabelAt(int index)
    {
        var at = _starts[index];
        return ReadText(ref at);
    }

    /// <summary>The label alone, written into the caller's buffer: a search looks at a hundred thousand of them and keeps
    /// twenty.</summary>
    /// <param name="buffer">Of <see cref="MaxLabelLength"/> characters.</param>
    /// <returns>The part of the buffer that was written.</returns>
    public ReadOnlySpan<char> LabelAt(int index, Span<char> buffer)
    {
        var at = _starts[index];
        var bytes = ReadBytes(ref at, out var isUtf16);
        if (!isUtf16)
        {
            return buffer[..Encoding.UTF8.GetChars(bytes, buffer)];
        }

        bytes.CopyTo(MemoryMarshal.AsBytes(buffer));
        return buffer[..(bytes.Length / sizeof(char))];
    }

    /// <summary>No label has more UTF-16 units; the longest may have fewer. Looks at every label.</summary>
    public int MaxLabelLength()
    {
        var longest = 0;
        foreach (var start in _starts)
        {
            var at = start;
            longest = Math.Max(longest, ReadBytes(ref at, out _).Length);
        }

        return longest;
    }

    public IEnumerator<FormOption> GetEnumerator()
    {
        for (var place = 0; place < _starts.Length; place++)
        {
            yield return this[place];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(FormOptionSet? other) =>
        other is not null && _starts.AsSpan().SequenceEqual(other._starts) && _texts.AsSpan().SequenceEqual(other._texts);

    public override bool Equals(object? obj) => Equals(obj as FormOptionSet);

    public override int GetHashCode() => HashCode.Combine(_texts.Length, _starts.Length);

    /// <summary>All that it says, for a digest.</summary>
    internal void WriteTo(BinaryWriter writer)
    {
        writer.Write(_starts.Length);
        writer.Write(_texts.Length);
        writer.Write(_texts);
    }

    private static void Write(BinaryWriter writer, FormOption option)
    {
        Write(writer, option.Label);
        Write(writer, option.ValueJson);
        var names = option.OtherNames ?? [];
        writer.Write7BitEncodedInt(names.Count);
        foreach (var name in names)
        {
            Write(writer, name);
        }
    }

    // Its length, doubled, with the lowest bit for a text that is no UTF-16 and has no UTF-8: it is kept as it is.
    private static void Write(BinaryWriter writer, string text)
    {
        try
        {
            var utf8 = s_strict.GetBytes(text);
            writer.Write7BitEncodedInt(utf8.Length << 1);
            writer.Write(utf8);
        }
        catch (EncoderFallbackException)
        {
            var utf16 = MemoryMarshal.AsBytes(text.AsSpan());
            writer.Write7BitEncodedInt((utf16.Length << 1) | 1);
            writer.Write(utf16);
        }
    }

    private string ReadText(ref int at)
    {
        var bytes = ReadBytes(ref at, out var isUtf16);
        return isUtf16 ? new string(MemoryMarshal.Cast<byte, char>(bytes)) : Encoding.UTF8.GetString(bytes);
    }

    private ReadOnlySpan<byte> ReadBytes(ref int at, out bool isUtf16)
    {
        var length = ReadNumber(ref at);
        isUtf16 = (length & 1) == 1;
        var bytes = _texts.AsSpan(at, length >> 1);
        at += bytes.Length;
        return bytes;
    }

    private string[]? ReadNames(ref int at)
    {
        var count = ReadNumber(ref at);
        if (count == 0)
        {
            return null;
        }

        var names = new string[count];
        for (var place = 0; place < names.Length; place++)
        {
            names[place] = ReadText(ref at);
        }

        return names;
    }

    private int ReadNumber(ref int at)
    {
        var (number, shift) = (0, 0);
        byte next;
        do
        {
            next = _texts[at++];
            number |= (next & 0x7f) << shift;
            shift += 7;
        } while (next >= 0x80);

        return number;
    }
}

/// <summary>As an array of its choices: in the rows of the table.</summary>
internal sealed class FormOptionSetJson : JsonConverter<FormOptionSet>
{
    /// <exception cref="JsonException">A choice lacks its label or its value.</exception>
    public override FormOptionSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var choices = JsonSerializer.Deserialize(ref reader, FormOptionJson.Default.FormOptionArray) ?? throw new JsonException();
        return choices.All(choice =>
            choice is { Label: not null, ValueJson: not null } && choice.OtherNames?.Contains(null!) != true
        )
            ? FormOptionSet.Create(choices)
            : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, FormOptionSet value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, [.. value], FormOptionJson.Default.FormOptionArray);
}

/// <summary>By generated code, like all that a cold start needs.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FormOption[]))]
internal sealed partial class FormOptionJson : JsonSerializerContext;
