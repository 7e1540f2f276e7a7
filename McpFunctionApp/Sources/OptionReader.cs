using System.Collections.Immutable;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Sources;

/// <summary>
/// Reads a field's <c>options</c>: texts, numbers, pairs <c>[value, label]</c>, objects, or a map of value to label. Of
/// an object the first present of label, name, value, id is shown, and the first present of value, id, name, label is
/// submitted; one with none of them is left out, as is one that is inactive. Options within others become paths.
/// </summary>
/// <param name="within">The member of an option that holds those within it.</param>
internal sealed class OptionReader(string within)
{
    /// <summary>Of a field list, whose options nest under <c>children</c>.</summary>
    public static OptionReader OfFieldList { get; } = new("children");

    /// <summary>Of an adapter, whose options nest under <c>options</c>.</summary>
    public static OptionReader OfAdapter { get; } = new("options");

    private static readonly string[] s_shown = ["label", "name", "value", "id"];
    private static readonly string[] s_submitted = ["value", "id", "name", "label"];
    private static readonly string[] s_marks = ["inActive", "removed", "hidden", "disabled"];

    /// <param name="options">The member's value: what is no list of options is none.</param>
    /// <exception cref="FormatException">They are too long together.</exception>
    public ImmutableArray<FieldOption> Read(JsonElement options)
    {
        var list = new OptionList();
        ReadInto(list, options, "");
        return list.ToImmutable();
    }

    /// <summary>All options, those within others too.</summary>
    public int Count(JsonElement options) =>
        options.ValueKind switch
        {
            JsonValueKind.Array => options.EnumerateArray().Sum(option => 1 + Count(Children(option))),
            JsonValueKind.Object => options.GetPropertyCount(),
            _ => 0,
        };

    public bool HaveChildren(JsonElement options) =>
        options.ValueKind == JsonValueKind.Array && options.EnumerateArray().Any(option => Count(Children(option)) > 0);

    private void ReadInto(OptionList list, JsonElement options, string path)
    {
        if (options.ValueKind == JsonValueKind.Array)
        {
            foreach (var option in options.EnumerateArray())
            {
                ReadOne(list, option, path);
            }
        }
        else if (options.ValueKind == JsonValueKind.Object)
        {
            ReadMap(list, options, path);
        }
    }

    private static void ReadMap(OptionList list, JsonElement options, string path)
    {
        foreach (var member in options.EnumerateObject())
        {
            var value = SafeText.NameOf(member) is { Length: > 0 } name ? JsonElement.Parse(ScalarText.Quote(name)) : default;
            var label = value.ValueKind == JsonValueKind.String ? Label(member.Value) ?? Shown(member.Value) : null;
            if (label is not null && !IsLeftOut(member.Value))
            {
                list.Add(Path(path, label), value, [value.GetString()!, label]);
            }
        }
    }

    private void ReadOne(OptionList list, JsonElement option, string path)
    {
        if (IsLeftOut(option))
        {
            return;
        }

        var (label, value) = option.ValueKind switch
        {
            JsonValueKind.Object => (Shown(option), Submitted(option)),
            JsonValueKind.Array when option.GetArrayLength() == 2 => (Label(option[1]) ?? Label(option[0]), option[0]),
            _ => (Label(option), option),
        };
        if (label is null)
        {
            return;
        }

        var children = Children(option);
        if (Count(children) > 0)
        {
            ReadInto(list, children, Path(path, label));
        }
        else if (IsSubmittable(value))
        {
            list.Add(Path(path, label), value, [.. Names(option, value), label]);
        }
    }

    private static string Path(string path, string label) => path.Length == 0 ? label : FieldText.Plain($"{path} > {label}");

    private JsonElement Children(JsonElement option) => Member(option, within);

    private static string? Shown(JsonElement option)
    {
        foreach (var name in s_shown)
        {
            var value = Member(option, name);
            var label =
                Label(value)
                ?? (
                    value.ValueKind != JsonValueKind.Object ? null
                    : name is "label" or "name" ? Label(SafeText.Shown(value))
                    : Shown(value)
                );
            if (label is not null)
            {
                return label;
            }
        }

        return null;
    }

    private static IEnumerable<string> Names(JsonElement option, JsonElement value) =>
        option.ValueKind == JsonValueKind.Object
            ? s_submitted.Select(name => SafeText.Scalar(Member(option, name)) ?? Only(Member(option, name))).OfType<string>()
        : SafeText.Scalar(value) is { } text ? [text]
        : [];

    /// <summary>The id of a value such as <c>{"id": "10"}</c>.</summary>
    private static string? Only(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() == 1
            ? SafeText.Scalar(value.EnumerateObject().First().Value)
            : null;

    private static string? Label(JsonElement value) => Label(SafeText.Scalar(value) ?? "");

    private static string? Label(string text) => FieldText.Plain(text) is { Length: > 0 } label ? label : null;

    // An empty text is a value like any other here: it is how some forms say "none".
    private static JsonElement Submitted(JsonElement option) =>
        s_submitted.Select(name => Member(option, name)).FirstOrDefault(IsSubmittable);

    private static bool IsSubmittable(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.GetPropertyCount() > 0,
            JsonValueKind.Array => value.GetArrayLength() > 0,
            JsonValueKind.String => value.GetRawText() == "\"\"" || SafeText.Scalar(value) is not null,
            _ => value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False,
        };

    private static bool IsLeftOut(JsonElement option) =>
        option.ValueKind == JsonValueKind.Object
        && s_marks.Any(mark =>
            Member(option, mark) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } flag
            && SafeText.Flag(flag) != false
        );

    private static JsonElement Member(JsonElement option, string name)
    {
        try
        {
            return option.ValueKind == JsonValueKind.Object && option.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            // A name that is no text, and begins as this one does.
            return default;
        }
    }
}
