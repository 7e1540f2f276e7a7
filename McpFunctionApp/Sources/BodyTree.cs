using System.Buffers;
using System.Collections.Immutable;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>The body of a submission while it is put together: values at their paths, objects within objects as the form has them.</summary>
internal sealed class BodyTree
{
    private readonly Node _root = new();

    /// <summary>Puts a value at its path; where there is one already, that one stays.</summary>
    /// <param name="json">The value as JSON text; <c>{}</c> only says that there is an object.</param>
    public void Add(ImmutableArray<string> path, string json)
    {
        var node = _root;
        foreach (var name in path)
        {
            node = node.Members.TryGetValue(name, out var known) ? known : node.Members[name] = new Node();
        }

        node.Json ??= json == "{}" ? null : json;
    }

    /// <summary>What the form wants sent unasked: what belongs to an object that may be left out only where something of it is given.</summary>
    public void Add(ImmutableArray<FixedValue> values)
    {
        foreach (var value in values.Where(value => value.Under == 0 || Has(value.Path.AsSpan(0, value.Under))).ToList())
        {
            Add(value.Path, value.ValueJson);
        }
    }

    public ReadOnlyMemory<byte> Write()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, JsonSchemaWriter.Compact))
        {
            Write(writer, _root);
        }

        return buffer.WrittenMemory;
    }

    private bool Has(ReadOnlySpan<string> path)
    {
        var node = _root;
        foreach (var name in path)
        {
            if (!node.Members.TryGetValue(name, out node!))
            {
                return false;
            }
        }

        return true;
    }

    private static void Write(Utf8JsonWriter writer, Node node)
    {
        if (node.Json is { } json)
        {
            writer.WriteRawValue(json);
            return;
        }

        writer.WriteStartObject();
        foreach (var (name, member) in node.Members)
        {
            writer.WritePropertyName(name);
            Write(writer, member);
        }

        writer.WriteEndObject();
    }

    /// <summary>A value, or an object of the members.</summary>
    private sealed class Node
    {
        public OrderedDictionary<string, Node> Members { get; } = new(StringComparer.Ordinal);

        public string? Json { get; set; }
    }
}
