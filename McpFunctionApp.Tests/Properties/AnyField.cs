using FsCheck;
using FsCheck.Fluent;

namespace McpFunctionApp.Tests.Properties;

/// <summary>One entry of a fieldList, and what is known of it.</summary>
/// <param name="Key">The form's own key; null where the entry is broken on purpose and nothing is known of it.</param>
/// <param name="IsOffered">Whether a caller of these groups may use it.</param>
/// <param name="Values">What the form must be sent for each of its options, in its order.</param>
internal sealed record AnyField(string Json, string? Key, Func<string[]?, bool> IsOffered, IReadOnlyList<string> Values)
{
    private static readonly Gen<string> s_type = Gen.Frequency(
        (2, Gen.Constant("\"TextFieldRest\"")),
        (2, Gen.Constant("\"NumberFieldRest\"")),
        (4, Gen.Elements("\"DropDownFieldRest\"", "\"CheckBoxFieldRest\"", "\"MultiSelectDropDownFieldRest\"")),
        (2, Gen.Elements("\"RichTextAreaFieldRest\"", "\"AttachmentFieldRest\"", "\"__proto__\"", "\"\"", "null"))
    );

    private static readonly Gen<string?> s_limit = Gen.Frequency(
        (3, Gen.Constant<string?>(null)),
        (3, Gen.Choose(0, 60).Select(i => (string?)$"{i}")),
        (1, Gen.Elements<string?>("0.5", "2.9", "1e400", "1e308", "2147483648", "-3", "\"5\""))
    );

    private static readonly Gen<string?> s_flag = Gen.Frequency(
        (9, Gen.Constant<string?>(null)),
        (3, Gen.Constant<string?>("false")),
        (1, Gen.Constant<string?>("true"))
    );

    private static readonly Gen<string?> s_required = Gen.Elements<string?>(null, "false", "true");

    private static readonly Gen<string[]?> s_groups = Gen.Frequency(
        (3, Gen.Constant<string[]?>(null)),
        (1, Gen.Elements<string[]?>([], ["1"], ["2", "\"it\""], ["\"1\"", "99"]))
    );

    private static readonly Gen<AnyOption[]> s_options = Gen.Frequency(
        (5, Gen.Resize(AnyOption.Generator.ArrayOf(), 8)),
        (1, Gen.Resize(AnyOption.Generator.ArrayOf(), 40))
    );

    private static readonly Gen<string[]> s_limits =
        from min in s_limit
        from max in s_limit
        select Members(("minLength", min), ("maxLength", max));

    private static readonly Gen<string[]> s_texts =
        from type in s_type
        from description in AnyJson.TextJson
        from required in s_required
        from own in s_required
        select Members(("type", type), ("description", description), ("required", required), ("requesterRequired", own));

    private static readonly Gen<(string[] Members, string Key)> s_name =
        from name in AnyJson.Text
        from key in AnyJson.Text
        from has in Gen.Elements(true, true, false)
        from relaxed in Gen.Elements(true, false)
        let named = name.Trim().Length > 0 || (has && key.Trim().Length > 0) ? name : "n"
        select (
            Members(("name", AnyJson.Write(named, relaxed)), ("paramName", has ? AnyJson.Write(key, relaxed) : null)),
            has && key.Trim().Length > 0 ? key : named
        );

    private static readonly Gen<(string[] Members, Func<string[]?, bool> IsOffered)> s_visibility =
        from hidden in s_flag
        from removed in s_flag
        from inActive in s_flag
        from viewOnly in s_flag
        from canEdit in s_flag
        from groups in s_groups
        select (
            Members(
                ("hidden", hidden),
                ("removed", removed),
                ("inActive", inActive),
                ("requesterViewOnly", viewOnly),
                ("requesterCanEdit", canEdit),
                ("groupIds", groups is null ? null : $"[{string.Join(',', groups)}]")
            ),
            OfferedTo(
                hidden == "true" || removed == "true" || inActive == "true" || (viewOnly == "true" && canEdit != "true"),
                groups
            )
        );

    private static readonly Gen<string?> s_default = Gen.Frequency(
        (2, Gen.Constant<string?>(null)),
        (1, AnyJson.Value.Select(value => (string?)value)),
        (1, AnyJson.Number.Select(number => (string?)number))
    );

    public static Gen<AnyField> Whole { get; } =
        from name in s_name
        from texts in s_texts
        from visibility in s_visibility
        from limits in s_limits
        from options in s_options
        from value in DefaultOf(options)
        let choices = Members(("options", $"[{string.Join(',', options.Select(o => o.Json))}]"), ("defaultValue", value))
        select new AnyField(
            $"{{{string.Join(',', [.. name.Members, .. texts, .. visibility.Members, .. limits, .. choices])}}}",
            name.Key,
            visibility.IsOffered,
            ValuesOf(options, texts.Any(member => member is "\"required\":true" or "\"requesterRequired\":true"))
        );

    private static readonly Gen<AnyField> s_broken =
        from field in Whole
        from member in Gen.Elements(
            "name",
            "paramName",
            "type",
            "description",
            "required",
            "hidden",
            "groupIds",
            "options",
            "defaultValue",
            "minLength",
            "maxLength",
            "\\ud800"
        )
        from value in AnyJson.Value
        from first in Gen.Elements(true, false)
        select new AnyField(
            first ? $"{{\"{member}\":{value},{field.Json[1..]}" : $"{field.Json[..^1]},\"{member}\":{value}}}",
            null,
            _ => true,
            []
        );

    public static Gen<AnyField> WholeOrBroken { get; } =
        Gen.Frequency((8, Whole), (2, s_broken), (1, AnyJson.Value.Select(value => new AnyField(value, null, _ => true, []))));

    private static Gen<string?> DefaultOf(AnyOption[] options) =>
        options.Length == 0
            ? s_default
            : Gen.OneOf(
                s_default,
                Gen.Elements(options).Select(option => (string?)option.Json),
                Gen.Elements(options).Select(option => (string?)$"[{option.Submitted ?? "null"}]")
            );

    /// <summary>What would submit the same is one option; what submits nothing is none of a required field.</summary>
    private static string[] ValuesOf(AnyOption[] options, bool required)
    {
        var all = options
            .Select(option => option.Submitted)
            .OfType<string>()
            .DistinctBy(json => JsonElement.Parse(json) is { ValueKind: JsonValueKind.String } text ? $"\"{text}" : json)
            .ToArray();
        var filled = required
            ? Array.FindAll(all, json => !(json.StartsWith('"') && string.IsNullOrWhiteSpace(json[1..^1])))
            : all;
        return filled.Length == 0 ? all : filled;
    }

    private static Func<string[]?, bool> OfferedTo(bool nobody, string[]? groups) =>
        known => !nobody && (groups is null or [] || known is null || groups.Any(group => known.Contains(group.Trim('"'))));

    private static string[] Members(params (string Name, string? Json)[] members) =>
        [.. members.Where(member => member.Json is not null).Select(member => $"\"{member.Name}\":{member.Json}")];
}
