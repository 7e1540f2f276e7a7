using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace McpFunctionApp.Forms;

/// <summary>One form as a tool's parameters; callers whose forms are equal share it.</summary>
/// <param name="Properties">The parameters in the form's order.</param>
/// <param name="InputSchema">The same as JSON Schema.</param>
/// <param name="Note">What the tool's description must say of fields that are missing; empty where none is.</param>
public sealed record FormSchema(ImmutableArray<FormProperty> Properties, JsonElement InputSchema, string Note)
{
    private byte[]? _row;

    /// <summary>Equal for equal forms, and for those only.</summary>
    public FormDigest Digest { get; } = FormDigest.OfForm(Properties, Note);

    /// <summary>The bytes that this takes in memory, with its row for the table and a tool's listed definition: what the memory cache is charged.</summary>
    public long MemoryBytes { get; } =
        2_048 + (3L * JsonMarshal.GetRawUtf8Value(InputSchema).Length) + Properties.Sum(PropertyBytes);

    /// <summary>The bytes for the table: packed once, however many callers' rows hold them.</summary>
    internal byte[] Row() => _row ??= FormCodec.Encode(this);

    // An object, and per text its header and two bytes a character.
    private static long PropertyBytes(FormProperty property) =>
        248L + (2L * (property.Key.Length + property.OriginalKey.Length + property.Description.Length)) + property.Options.Sum(OptionBytes);

    private static long OptionBytes(FormOption option) => 104L + (2L * (option.Label.Length + option.ValueJson.Length));
}
