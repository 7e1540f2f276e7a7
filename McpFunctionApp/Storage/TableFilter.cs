using System.Globalization;

namespace McpFunctionApp.Storage;

/// <summary>Writes OData filters for <see cref="TableStore.QueryAsync"/> in which no value can be taken for syntax.</summary>
public static class TableFilter
{
    /// <summary>A string as a filter's literal.</summary>
    public static string Text(string value)
    {
        TableRules.CheckText(value, nameof(value));
        return $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>A date as a filter's literal, in UTC and to 100 ns.</summary>
    public static string Date(DateTimeOffset value) =>
        $"datetime'{value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)}'";

    public static string Equal(string name, string value) => $"{Name(name)} eq {Text(value)}";

    /// <summary>Rows whose date is earlier than this one.</summary>
    public static string Before(string name, DateTimeOffset value) => $"{Name(name)} lt {Date(value)}";

    /// <summary>Rows whose text begins so: the range that the service can look up where <paramref name="name"/> is a
    /// key.</summary>
    /// <exception cref="ArgumentException">The prefix is empty or its last character is above U+D7FE, where no next one is
    /// sure.</exception>
    public static string StartsWith(string name, string prefix)
    {
        if (prefix.Length == 0 || prefix[^1] > '\uD7FE')
        {
            throw new ArgumentException(
                "A prefix must not be empty, and must end with a character below U+D7FF.",
                nameof(prefix)
            );
        }

        var end = $"{prefix[..^1]}{(char)(prefix[^1] + 1)}";
        return $"({Name(name)} ge {Text(prefix)} and {Name(name)} lt {Text(end)})";
    }

    /// <summary>Rows that match all of these filters.</summary>
    public static string And(params ReadOnlySpan<string> filters) =>
        string.Join(" and ", filters.ToArray().Select(filter => $"({filter})"));

    private static string Name(string name)
    {
        TableRules.CheckName(name, nameof(name));
        return name;
    }
}
