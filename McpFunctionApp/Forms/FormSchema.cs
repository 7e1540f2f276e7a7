using System.Collections.Immutable;

namespace McpFunctionApp.Forms;

/// <summary>One form as a tool's parameters; callers whose forms are equal share it.</summary>
/// <param name="Properties">The parameters in the form's order.</param>
/// <param name="Note">What the tool's description must say of fields that are missing; empty where none is.</param>
/// <param name="Fixed">What is submitted without being asked for.</param>
/// <param name="Obstacle">The required fields that cannot be filled in here, so that the form is not offered; null where it can
/// be.</param>
public sealed record FormSchema(
    ImmutableArray<FormProperty> Properties,
    string Note,
    ImmutableArray<FixedValue> Fixed,
    string? Obstacle
)
{
    private WeakReference<byte[]>? _row;

    public FormSchema(ImmutableArray<FormProperty> properties, string note)
        : this(properties, note, [], null) { }

    /// <summary>Equal for equal forms, and for those only.</summary>
    public FormDigest Digest { get; } = FormDigest.OfForm(Properties, Note, Fixed, Obstacle);

    /// <summary>The parameters as JSON Schema: written anew each time, since a tool keeps it as it lists it.</summary>
    public JsonElement InputSchema => JsonSchemaWriter.Write(Properties);

    /// <summary>The bytes that this takes in memory beside its parameters, with a tool's listed definition.</summary>
    public long OwnBytes { get; } =
        1_200 + JsonSchemaWriter.Measure(Properties) + (8L * Properties.Length) + (2L * Note.Length) + Fixed.Sum(FixedBytes);

    /// <summary>The bytes that all of it takes in memory.</summary>
    public long MemoryBytes => OwnBytes + Properties.Sum(property => MemoryBytesOf(property) + property.Options.MemoryBytes);

    /// <summary>What a parameter takes without its options: an object, and per text its header and two bytes a
    /// character.</summary>
    public static long MemoryBytesOf(FormProperty property) =>
        320L
        + (2L * (property.Key.Length + property.OriginalKey.Length + property.Description.Length))
        + Text(property.Title)
        + Text(property.Pattern)
        + Text(property.SubmittedFormat)
        + (property.Path.Length > 1 ? property.Path.Sum(name => Text(name)) : 0);

    /// <summary>The bytes for the table: packed once for the callers who come together.</summary>
    internal byte[] Row()
    {
        if (_row is null || !_row.TryGetTarget(out var row))
        {
            row = FormCodec.Encode(this);
            _row = new WeakReference<byte[]>(row);
        }

        return row;
    }

    private static long FixedBytes(FixedValue value) => 80L + Text(value.ValueJson) + value.Path.Sum(name => Text(name));

    private static long Text(string? text) => text is null ? 0 : 32 + (2L * text.Length);
}
