using System.Collections.Immutable;

namespace McpFunctionApp.Schemas;

/// <summary>One caller's form as a tool's parameters.</summary>
/// <param name="Properties">The parameters in the form's order.</param>
/// <param name="InputSchema">The same as JSON Schema.</param>
/// <param name="Note">What the tool's description must say of fields that are missing; empty where none is.</param>
public sealed record FormSchema(ImmutableArray<FormProperty> Properties, JsonElement InputSchema, string Note)
{
    /// <summary>Everything of the form's own text that a caller may be shown, as it would be shown.</summary>
    public IEnumerable<string> ShownTexts =>
        [InputSchema.GetRawText(), Note, .. Properties.Where(p => !p.ListsOptions).SelectMany(p => p.Options).Select(option => option.Label)];

    /// <summary>Roughly the bytes this takes in memory: what the memory cache is charged.</summary>
    public long MemoryBytes { get; } =
        1_024 + (InputSchema.GetRawText().Length * 3L) + Properties.Sum(p => 320L + (2L * (p.Key.Length + p.OriginalKey.Length + p.Description.Length)) + p.Options.Sum(OptionBytes));

    private static long OptionBytes(FormOption option) =>
        160L + (2L * (option.Label.Length + option.ValueJson.Length)) + option.Names.Sum(name => 24L + (2L * name.Length));
}
