namespace McpFunctionApp.Submissions;

/// <summary>What one object in an answer that refuses a request says: a message, and the fields it is about. Pure.</summary>
internal static class RefusalEntry
{
    private static readonly string[] s_messages =
    [
        "message",
        "msg",
        "description",
        "detail",
        "title",
        "userMessage",
        "errorMessage",
        "code",
        "errorCode",
    ];

    private static readonly string[] s_fields = ["field", "fields", "name", "path", "loc", "target"];
    private static readonly string[] s_paths = ["path", "loc"];

    public static string? Message(JsonElement entry) =>
        s_messages
            .SelectMany(name => JsonMembers.Named(entry, name))
            .Select(value => value.ValueKind == JsonValueKind.Number ? value.GetRawText() : JsonMembers.Text(value))
            .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));

    /// <summary>All that an entry says of where it belongs: names, paths, and paths as lists of their steps.</summary>
    public static List<string> Fields(JsonElement entry, RefusalReasons reasons)
    {
        var named = s_fields
            .SelectMany(name => JsonMembers.Named(entry, name).SelectMany(value => Names(value, isPath: s_paths.Contains(name))))
            .Concat(
                JsonMembers
                    .Named(entry, "source")
                    .SelectMany(source => JsonMembers.Named(source, "pointer"))
                    .SelectMany(value => Names(value, isPath: true))
            )
            .Take(RefusalReasons.MaxProblems)
            .ToList();
        var known = named.FindAll(reasons.IsField);
        return known.Count > 0 ? known
            : named.Count > 0 ? [named[0]]
            : named;
    }

    private static IEnumerable<string> Names(JsonElement value, bool isPath)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return JsonMembers.Text(value) is { } text ? [text] : [];
        }

        var entries = value.EnumerateArray().Take(RefusalReasons.MaxProblems).Select(JsonMembers.Text).OfType<string>();
        return isPath ? [string.Join('.', entries)] : entries;
    }
}
