using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace McpFunctionApp.Forms;

/// <summary>One form as a tool's parameters; callers whose forms are equal share it.</summary>
/// <param name="Properties">The parameters in the form's order.</param>
/// <param name="InputSchema">The same as JSON Schema.</param>
/// <param name="Note">What the tool's description must say of fields that are missing; empty where none is.</param>
/// <param name="Fixed">What is submitted without being asked for.</param>
/// <param name="Obstacle">The required fields that cannot be filled in here, so that the form is not offered; null where it can be.</param>
public sealed record FormSchema(
    ImmutableArray<FormProperty> Properties, JsonElement InputSchema, string Note, ImmutableArray<FixedValue> Fixed, string? Obstacle)
{
    private byte[]? _row;

    public FormSchema(ImmutableArray<FormProperty> properties, JsonElement inputSchema, string note)
        : this(properties, inputSchema, note, [], null)
    {
    }

    /// <summary>Equal for equal forms, and for those only.</summary>
    public FormDigest Digest { get; } = FormDigest.OfForm(Properties, Note, Fixed, Obstacle);

    /// <summary>The bytes that this takes in memory, with its row for the table and a tool's listed definition: what the memory cache is charged.</summary>
    public long MemoryBytes { get; } =
        2_048 + (3L * JsonMarshal.GetRawUtf8Value(InputSchema).Length) + Properties.Sum(PropertyBytes) + Fixed.Sum(FixedBytes);

    /// <summary>The bytes for the table: packed once, however many callers' rows hold them.</summary>
    internal byte[] Row() => _row ??= FormCodec.Encode(this);

    // An object, and per text its header and two bytes a character.
    private static long PropertyBytes(FormProperty property) =>
        320L + (2L * (property.Key.Length + property.OriginalKey.Length + property.Description.Length))
        + Text(property.Title) + Text(property.Pattern) + Text(property.SubmittedFormat)
        + property.Path.Sum(name => Text(name)) + property.Options.Sum(OptionBytes);

    private static long OptionBytes(FormOption option) =>
        112L + (2L * (option.Label.Length + option.ValueJson.Length)) + (option.OtherNames is { } names ? 32 + names.Sum(name => Text(name)) : 0);

    private static long FixedBytes(FixedValue value) => 80L + Text(value.ValueJson) + value.Path.Sum(name => Text(name));

    private static long Text(string? text) => text is null ? 0 : 32 + (2L * text.Length);
}
