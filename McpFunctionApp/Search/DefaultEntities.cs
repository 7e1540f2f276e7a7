namespace McpFunctionApp.Search;

/// <summary>The entity types that are there without any settings: those of a service desk. Settings change each of
/// them.</summary>
internal static class DefaultEntities
{
    public const string User = "user";

    private const string Auto = "AUTO";
    private const string Exact = "0";

    /// <summary>What every entity type has, those that only settings name included.</summary>
    public static IReadOnlyList<SearchField> Fields { get; } = [new("name", 3, Auto), new("id", 2, Exact)];

    /// <summary>Each name with its fields, in the order in which they are listed.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<SearchField> Fields)> All { get; } =
    [
        ("impact", With(new SearchField("description", 1, Auto))),
        ("urgency", With(new SearchField("description", 1, Auto))),
        ("priority", With(new SearchField("description", 1, Auto))),
        ("status", With(new SearchField("description", 1, Auto))),
        ("category", With(new SearchField("description", 1, Auto), new SearchField("parent", 1, Auto))),
        ("source", With(new SearchField("description", 1, Auto))),
        ("location", With(new SearchField("city", 2, Auto), new SearchField("address", 1, Auto))),
        ("department", With(new SearchField("description", 1, Auto), new SearchField("head", 1, Auto))),
        ("usergroup", With(new SearchField("description", 1, Auto))),
        (
            User,
            With(
                new SearchField("email", 2, Exact),
                new SearchField("contact", 1, Exact),
                new SearchField("logon_name", 2, Exact),
                new SearchField("second_contact", 1, Exact),
                new SearchField("type", 1, Auto)
            )
        ),
        (
            "vendor",
            With(new SearchField("email", 2, Exact), new SearchField("contact", 1, Auto), new SearchField("description", 1, Auto))
        ),
    ];

    /// <summary>People are many and alike, and what a search shows of them is theirs: the best few will do.</summary>
    public static int LimitOf(string name) => name == User ? 3 : 10;

    private static IReadOnlyList<SearchField> With(params IReadOnlyList<SearchField> further) => [.. Fields, .. further];
}
