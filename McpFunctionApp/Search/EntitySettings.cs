using System.Buffers;
using McpFunctionApp.Replies;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Search;

/// <summary>
/// Reads <c>Elasticsearch:Entities</c>: each entry changes a default entity type, or adds one. What an entry leaves
/// out stays as it is by default.
/// </summary>
[Setting(
    "Elasticsearch:FieldPrefix",
    "What stands before every field's name in the index and is not shown; `{entity}` in it is the entity's name",
    Default = "none"
)]
[Setting(
    "Elasticsearch:Entities:{entity}:Enabled",
    "`false` takes [the type](search.md#what-is-searched) away (`user`: `search_users`, too)"
)]
[Setting("Elasticsearch:Entities:{entity}:Limit", "The most hits of one search", Default = "10, for `user` 3")]
[Setting(
    "Elasticsearch:Entities:{entity}:MinScore",
    "This type's own minimum; 0 turns it off",
    Default = "`Elasticsearch:MinScore`"
)]
[Setting("Elasticsearch:Entities:{entity}:Index", "The index, where it has another name", Default = "`{IndexPrefix}_{entity}`")]
[Setting("Elasticsearch:Entities:{entity}:Fields:{field}:Boost", "What a match in it counts for", Default = "1 for a new field")]
[Setting(
    "Elasticsearch:Entities:{entity}:Fields:{field}:Fuzziness",
    "`AUTO` (by a word's length), 1 or 2 wrong letters a word; 0: all words exactly, in their order",
    Default = "`AUTO` for a new field",
    Values = ["AUTO", "0", "1", "2"]
)]
[Setting("Elasticsearch:Entities:{entity}:Fields:{field}:Enabled", "`false`: neither searched nor shown")]
internal static class EntitySettings
{
    private static readonly SearchValues<char> s_entityCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");
    private static readonly SearchValues<char> s_fieldCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@.-"
    );
    private static readonly SearchValues<char> s_indexCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_.-");

    private const int MaxLimit = 100;
    private const string Entity = "{entity}";

    /// <summary>The largest score to ask for; scores of Elasticsearch are seldom above a few dozen.</summary>
    public const double MaxScore = 100_000;

    public static IReadOnlyList<EntityType> ReadAll(SettingsSection section, string prefix, string fieldPrefix, double minScore)
    {
        var entries = section.Named("Entities", "user:Limit").ToDictionary(entry => entry.Key, StringComparer.OrdinalIgnoreCase);
        var types = new List<EntityType>();
        foreach (var (name, fields) in DefaultEntities.All)
        {
            var standard = new EntityType(name, IndexOf(prefix, name), DefaultEntities.LimitOf(name), minScore, fields);
            Add(types, fieldPrefix, entries.Remove(name, out var entry) ? Read(entry, standard) : standard);
        }

        foreach (var entry in entries.Values)
        {
            if (!IsEntityName(entry.Key))
            {
                section.Fault(
                    $"Entities:{Quotable.Shorten(entry.Key)}",
                    "is no name of an entity type: it starts with a small letter and has at most 40 small letters, digits "
                        + "and '_'."
                );
                continue;
            }

            var limit = DefaultEntities.LimitOf(entry.Key);
            var added = new EntityType(entry.Key, IndexOf(prefix, entry.Key), limit, minScore, DefaultEntities.Fields);
            Add(types, fieldPrefix, Read(entry, added));
        }

        return types;
    }

    /// <summary>What stands before every field's name in the index; <c>{entity}</c> in it is the entity's own name.</summary>
    public static string ReadFieldPrefix(SettingsSection section)
    {
        var prefix = section.Text("FieldPrefix") ?? "";
        if (prefix.Length > 0 && !IsFieldName(prefix.Replace(Entity, "entity", StringComparison.Ordinal)))
        {
            section.Fault(
                "FieldPrefix",
                $"is '{Quotable.Shorten(prefix)}', but must be the beginning of a field's name, such as {Entity}_: "
                    + $"letters, digits, '_', '-', '@' and '.', and {Entity} for the entity's name."
            );
        }

        return prefix;
    }

    private static void Add(List<EntityType> types, string fieldPrefix, EntityType? type)
    {
        if (type is not null)
        {
            types.Add(type with { FieldPrefix = fieldPrefix.Replace(Entity, type.Name, StringComparison.Ordinal) });
        }
    }

    /// <returns>The entity type; null where it is turned off.</returns>
    private static EntityType? Read(SettingsSection section, EntityType standard)
    {
        var isEnabled = section.Bool("Enabled", true);
        var type = standard with
        {
            Index = IsIndex(section, "Index", section.Text("Index") ?? standard.Index),
            Limit = section.Int("Limit", standard.Limit, 1, MaxLimit),
            MinScore = section.Number("MinScore", standard.MinScore, 0, MaxScore),
            Fields = ReadFields(section, standard.Fields),
        };
        section.NoteUnknown();
        return isEnabled ? type : null;
    }

    private static List<SearchField> ReadFields(SettingsSection section, IReadOnlyList<SearchField> standard)
    {
        var entries = section.Named("Fields", "name:Boost");
        var fields = standard.ToList();
        foreach (var entry in entries)
        {
            if (!IsFieldName(entry.Key))
            {
                section.Fault(
                    $"Fields:{Quotable.Shorten(entry.Key)}",
                    "is no name of a field: write it as in the index, at most 100 letters, digits, '_', '-', '@' and '.'."
                );
            }

            var place = fields.FindIndex(field => field.Name.Equals(entry.Key, StringComparison.OrdinalIgnoreCase));
            var (field, isEnabled) = ReadField(entry, place < 0 ? new SearchField(entry.Key, 1, "AUTO") : fields[place]);
            if (place >= 0)
            {
                fields.RemoveAt(place);
            }

            if (isEnabled)
            {
                fields.Insert(place < 0 ? fields.Count : place, field);
            }
        }

        if (fields.Count == 0)
        {
            section.Fault("Fields", $"leaves no field to search in: enable one, or set {section.Path}:Enabled to false.");
        }

        return fields;
    }

    private static (SearchField Field, bool IsEnabled) ReadField(SettingsSection section, SearchField standard)
    {
        var isEnabled = section.Bool("Enabled", true);
        var fuzziness = (section.Text("Fuzziness") ?? standard.Fuzziness).ToUpperInvariant();
        if (fuzziness is not ("AUTO" or "0" or "1" or "2"))
        {
            section.Fault(
                "Fuzziness",
                $"is '{Quotable.Shorten(fuzziness)}', but must be AUTO (by a word's length), 0 (exact), 1 or 2 (default "
                    + $"{standard.Fuzziness})."
            );
        }

        var field = standard with { Boost = section.Number("Boost", standard.Boost, 0.001, 1_000), Fuzziness = fuzziness };
        section.NoteUnknown();
        return (field, isEnabled);
    }

    private static string IndexOf(string prefix, string name) => prefix.Length == 0 ? name : $"{prefix}_{name}";

    /// <summary>The name as it is; a fault where it could be anything but one index's.</summary>
    public static string IsIndex(SettingsSection section, string setting, string name)
    {
        if (!IsIndexName(name))
        {
            section.Fault(
                setting,
                $"is '{Quotable.Shorten(name)}', but an index has small letters, digits, '_', '-' and '.', starts with a "
                    + $"letter or digit, and has at most 200 of them."
            );
        }

        return name;
    }

    private static bool IsEntityName(string name) =>
        name is [>= 'a' and <= 'z', ..] && name.Length <= 40 && !name.AsSpan().ContainsAnyExcept(s_entityCharacters);

    private static bool IsFieldName(string name) =>
        name.Length is > 0 and <= 100 && name[0] is not ('.' or '-') && !name.AsSpan().ContainsAnyExcept(s_fieldCharacters);

    private static bool IsIndexName(string name) =>
        name is [(>= 'a' and <= 'z') or (>= '0' and <= '9'), ..]
        && name.Length <= 200
        && !name.AsSpan().ContainsAnyExcept(s_indexCharacters);
}
