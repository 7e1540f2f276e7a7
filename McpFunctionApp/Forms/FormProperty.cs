using System.Collections.Immutable;

namespace McpFunctionApp.Forms;

/// <summary>What a parameter of a tool holds.</summary>
public enum PropertyKind
{
    /// <summary>A JSON string; minimum and maximum count characters.</summary>
    Text,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>A JSON number without a fraction, in 64 bits.</summary>
    Integer,

    /// <summary>One of the options, as a JSON string.</summary>
    Choice,

    /// <summary>Any number of the options, as a JSON array of strings; without options any texts will do.</summary>
    Choices,

    /// <summary>true or false. Has no options, or two, labelled <c>true</c> and <c>false</c>, whose values are
    /// submitted.</summary>
    Boolean,

    /// <summary>A day, as a JSON string such as <c>2026-11-25</c>.</summary>
    Date,

    /// <summary>A moment, as a JSON string such as <c>2026-11-25T14:30:00Z</c>, with Z or an offset.</summary>
    DateTime,

    /// <summary>One of the options, which are paths such as <c>Europe &gt; Berlin</c>; the last step's value is
    /// submitted.</summary>
    Cascade,
}

/// <summary>One parameter of a tool: what is listed, what is checked, and what the form calls it.</summary>
/// <param name="Key">The parameter's name in the tool, <c>^[A-Za-z0-9_]{1,64}$</c>.</param>
/// <param name="OriginalKey">The form's own key, under which the value is submitted; of a field within objects all names, joined
/// by dots.</param>
/// <param name="Required">Whether a call must give it; never so with a default, which is submitted in its place.</param>
/// <param name="Options">All allowed choices; empty where any text will do.</param>
/// <param name="ListsOptions">Whether the schema lists them; false where they are too many or too long, and checked all the
/// same.</param>
/// <param name="Min">The fewest characters of a text or entries of an array, or the smallest number.</param>
/// <param name="Max">The most characters of a text or entries of an array, or the largest number.</param>
/// <param name="Default">The form's default as it is listed; null where it has none or an invalid one.</param>
public sealed record FormProperty(
    string Key,
    string OriginalKey,
    PropertyKind Kind,
    bool Required,
    string Description,
    FormOptionSet Options,
    bool ListsOptions,
    double? Min,
    double? Max,
    PropertyDefault? Default
)
{
    /// <summary>What people call the field; null where the key says it.</summary>
    public string? Title { get; init; }

    /// <summary>What a text must match, as JSON Schema's <c>pattern</c>; null where any text will do.</summary>
    public string? Pattern { get; init; }

    /// <summary>How a date is submitted, as a .NET format; null: ISO 8601.</summary>
    public string? SubmittedFormat { get; init; }

    /// <summary>The names from the submission's root to the value; for most forms the original key alone.</summary>
    public ImmutableArray<string> Path { get; init; } = [OriginalKey];

    /// <summary>
    /// How many of the path's first names must have a value for this one to be required, where it is not always so: a
    /// field that an object requires which may itself be left out. 0: nothing makes it required.
    /// </summary>
    public int RequiredUnder { get; init; }

    /// <summary>A parameter of a tool that no form stands behind.</summary>
    public static FormProperty Plain(string key, PropertyKind kind, string description) =>
        new(key, key, kind, true, description, [], false, null, null, null);
}

/// <summary>
/// A default as JSON: a text, a number, or for <see cref="PropertyKind.Choices"/> a list of labels. That of a
/// <see cref="PropertyKind.Boolean"/> is the text <c>true</c> or <c>false</c>.
/// </summary>
public sealed record PropertyDefault(string? Text, double? Number, ImmutableArray<string> Labels);
