using System.Collections.Immutable;
using System.Runtime.InteropServices;
using McpFunctionApp.Forms;

namespace McpFunctionApp.FormApi;

/// <summary>
/// Parameters and lists of options that are equal in several forms, each once: forms that differ only in a caller's own
/// name or defaults then cost what differs. Counted by the forms in memory that use them, and gone with the last of
/// these. For one thread at a time.
/// </summary>
internal sealed class SharedParts
{
    // A short list costs about as much beside the others as among them.
    private const int FewestOptions = 8;

    // An entry of the dictionary, and what it points to.
    private const int PartBytes = 96;

    private readonly Dictionary<Guid, Part> _parts = [];

    /// <summary>What all parts take in memory.</summary>
    public long MemoryBytes { get; private set; }

    /// <summary>The same form, of parts that are here already where there are equal ones.</summary>
    public FormSchema Take(FormSchema schema)
    {
        var shared = schema.Properties.Select(Take).ToImmutableArray();
        return shared.AsSpan().SequenceEqual(schema.Properties.AsSpan(), ReferenceEqualityComparer.Instance)
            ? schema
            : schema with
            {
                Properties = shared,
            };
    }

    /// <summary>For a form that was taken, once it is no longer kept.</summary>
    public void Release(FormSchema schema)
    {
        foreach (var property in schema.Properties)
        {
            Release(FormDigest.OfProperty(property).Low);
        }
    }

    private FormProperty Take(FormProperty property)
    {
        var key = FormDigest.OfProperty(property).Low;
        ref var part = ref CollectionsMarshal.GetValueRefOrAddDefault(_parts, key, out var isKnown);
        if (isKnown)
        {
            part!.Users++;
            return (FormProperty)part.Value;
        }

        part = new Part(property, FormSchema.MemoryBytesOf(property) + PartBytes);
        MemoryBytes += part.Bytes;
        if (property.Options.Length < FewestOptions)
        {
            part.Bytes += property.Options.MemoryBytes;
            MemoryBytes += property.Options.MemoryBytes;
            return property;
        }

        // The reference is not good any more once something else is added.
        var mine = part;
        mine.Options = FormDigest.OfOptions(property.Options).Low;
        var options = Take(mine.Options.Value, property.Options);
        mine.Value = ReferenceEquals(options, property.Options) ? property : property with { Options = options };
        return (FormProperty)mine.Value;
    }

    private FormOptionSet Take(Guid key, FormOptionSet options)
    {
        ref var part = ref CollectionsMarshal.GetValueRefOrAddDefault(_parts, key, out var isKnown);
        if (isKnown)
        {
            part!.Users++;
            return (FormOptionSet)part.Value;
        }

        part = new Part(options, options.MemoryBytes + PartBytes);
        MemoryBytes += part.Bytes;
        return options;
    }

    private void Release(Guid key)
    {
        var part = _parts[key];
        if (--part.Users > 0)
        {
            return;
        }

        _parts.Remove(key);
        MemoryBytes -= part.Bytes;
        if (part.Options is { } options)
        {
            Release(options);
        }
    }

    private sealed class Part(object value, long bytes)
    {
        public object Value { get; set; } = value;

        public long Bytes { get; set; } = bytes;

        public int Users { get; set; } = 1;

        public Guid? Options { get; set; }
    }
}
