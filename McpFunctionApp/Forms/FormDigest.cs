using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace McpFunctionApp.Forms;

/// <summary>A SHA-256 that stands for what was hashed: two equal digests are taken for the same form.</summary>
/// <param name="High">The first half. Of the framework's types of 16 bytes, the one that code compiled ahead can hold.</param>
public sealed record FormDigest(Guid High, Guid Low)
{
    /// <summary>Its first 12 hex digits: enough to tell forms apart in a log.</summary>
    public string Short => High.ToString("N")[..12];

    public static FormDigest Of(ReadOnlySpan<byte> sha256) =>
        new(new Guid(sha256[..16], bigEndian: true), new Guid(sha256[16..], bigEndian: true));

    /// <summary>All that a form is mapped from, but for settings that cannot change while the process lives.</summary>
    /// <param name="source">Who reads the answers: two adapters make different forms of the same bytes.</param>
    /// <param name="bodies">Of all the form's addresses.</param>
    /// <param name="groups">The caller's groups; null where they are not known.</param>
    public static FormDigest OfAnswers(string source, IReadOnlyList<ReadOnlyMemory<byte>> bodies, ImmutableArray<string>? groups)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendNumber(hash, groups?.Length ?? -1);
        foreach (var group in groups ?? [])
        {
            Append(hash, Encoding.UTF8.GetBytes(group));
        }

        Append(hash, Encoding.UTF8.GetBytes(source));
        foreach (var body in bodies)
        {
            Append(hash, body.Span);
        }

        return Of(hash.GetHashAndReset());
    }

    /// <summary>All that a form says. Each text with its length and each list with its count, so that no two forms look
    /// alike.</summary>
    public static FormDigest OfForm(
        ImmutableArray<FormProperty> properties,
        string note,
        ImmutableArray<FixedValue> fixedValues,
        string? obstacle
    ) =>
        OfBytes(writer =>
        {
            Write(writer, note);
            WriteOptional(writer, obstacle);
            writer.Write(properties.Length);
            foreach (var property in properties)
            {
                Write(writer, property);
            }

            foreach (var value in fixedValues)
            {
                Write(writer, value.Path);
                writer.Write(value.Under);
                Write(writer, value.ValueJson);
            }
        });

    /// <summary>All that one parameter says, its options included.</summary>
    public static FormDigest OfProperty(FormProperty property) => OfBytes(writer => Write(writer, property));

    /// <summary>All that a list of options says.</summary>
    public static FormDigest OfOptions(FormOptionSet options) => OfBytes(options.WriteTo);

    private static FormDigest OfBytes(Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        write(writer);
        writer.Flush();
        return Of(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    private static void Write(BinaryWriter writer, FormProperty property)
    {
        Write(writer, property.Key);
        Write(writer, property.OriginalKey);
        writer.Write((int)property.Kind);
        writer.Write(property.Required);
        Write(writer, property.Description);
        writer.Write(property.ListsOptions);
        Write(writer, property.Min);
        Write(writer, property.Max);
        Write(writer, property.Default);
        WriteOptional(writer, property.Title);
        WriteOptional(writer, property.Pattern);
        WriteOptional(writer, property.SubmittedFormat);
        Write(writer, property.Path);
        writer.Write(property.RequiredUnder);
        property.Options.WriteTo(writer);
    }

    private static void Write(BinaryWriter writer, PropertyDefault? value)
    {
        writer.Write(value is not null);
        if (value is null)
        {
            return;
        }

        WriteOptional(writer, value.Text);
        Write(writer, value.Number);
        Write(writer, value.Labels);
    }

    private static void Write(BinaryWriter writer, ImmutableArray<string> texts)
    {
        writer.Write(texts.Length);
        foreach (var text in texts)
        {
            Write(writer, text);
        }
    }

    private static void WriteOptional(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        Write(writer, text ?? "");
    }

    // Its UTF-16 as it is: an encoding would make one of texts that are not valid.
    private static void Write(BinaryWriter writer, string text)
    {
        writer.Write(text.Length);
        writer.Write(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private static void Write(BinaryWriter writer, double? number)
    {
        writer.Write(number is not null);
        writer.Write(number ?? 0);
    }

    // Each with its length, so that no two lists look alike.
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        AppendNumber(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void AppendNumber(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
