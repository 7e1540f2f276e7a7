using System.Collections.Immutable;

namespace McpFunctionApp.Forms;

/// <summary>Whether a field can become a parameter of a tool.</summary>
public enum FieldOffer
{
    Offered,

    /// <summary>Hidden, removed, read-only: nobody is told of it.</summary>
    Hidden,

    /// <summary>A password or the like, which no tool may ask for.</summary>
    Secret,

    /// <summary>What no parameter can hold, such as a file or a list of objects.</summary>
    NotHere,

    /// <summary>What no parameter can hold, but the form takes its id, as a text.</summary>
    ById,
}

/// <summary>One field of a form as a source says it, whatever system that is; not yet judged for a caller.</summary>
/// <param name="Key">The form's own key, under which a value is submitted; of a field within objects all names, joined by
/// dots.</param>
/// <param name="Name">What people call the field; never empty.</param>
public sealed record FormField(string Key, string Name, PropertyKind Kind)
{
    /// <summary>The names from the submission's root to the value.</summary>
    public ImmutableArray<string> Path { get; init; } = [Key];

    /// <summary>The parameter's name where the form has one for it; null: it is made from the key.</summary>
    public string? Param { get; init; }

    public FieldOffer Offer { get; init; }

    public bool Required { get; init; }

    /// <summary>How many of the path's first names must have a value for the field to be required; 0: it always is, where it is
    /// required.</summary>
    public int RequiredUnder { get; init; }

    public string Description { get; init; } = "";

    /// <summary>A caller must be in one group of each of these lists.</summary>
    public ImmutableArray<ImmutableArray<string>> Groups { get; init; } = [];

    public ImmutableArray<FieldOption> Options { get; init; } = [];

    /// <summary>The form's default, undefined where it gave none.</summary>
    public JsonElement Default { get; init; }

    /// <summary>Characters of a text, entries of an array, or the smallest number.</summary>
    public double? Min { get; init; }

    /// <summary>Characters of a text, entries of an array, or the largest number.</summary>
    public double? Max { get; init; }

    /// <summary>What a text must match, as JSON Schema's <c>pattern</c>.</summary>
    public string? Pattern { get; init; }

    /// <summary>How a date is submitted, as a .NET format; null: ISO 8601.</summary>
    public string? SubmittedFormat { get; init; }
}

/// <summary>One choice of a field as a source gave it.</summary>
/// <param name="Names">Everything the form calls this choice, so that a default can be found by any of them.</param>
public sealed record FieldOption(string Label, string ValueJson, ImmutableArray<string> Names);

/// <summary>One choice of a parameter.</summary>
/// <param name="Label">What a caller sees and writes; unique within its field.</param>
/// <param name="ValueJson">What the form API is sent, as the JSON text that it gave: <c>13</c> stays a number.</param>
public sealed record FormOption(string Label, string ValueJson)
{
    /// <summary>What else the form calls it, such as its id beside the value; null where label and value are all.</summary>
    public IReadOnlyList<string>? OtherNames { get; init; }
}

/// <summary>A field that could not be read: left out, named in the log, and in the tool's description where it is
/// required.</summary>
public sealed record FieldFault(string Name, bool Required, string Problem);

/// <summary>A value that is submitted without being asked for: the only one that the form takes.</summary>
/// <param name="Path">The names from the submission's root to the value.</param>
/// <param name="Under">How many of the path's first names must have a value for this one to be submitted; 0: it always
/// is.</param>
public sealed record FixedValue(ImmutableArray<string> Path, int Under, string ValueJson);
