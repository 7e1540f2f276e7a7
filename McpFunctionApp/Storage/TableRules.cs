using System.Text;
using System.Text.RegularExpressions;

namespace McpFunctionApp.Storage;

/// <summary>
/// What no table service stores, found before anything is sent. After "Understanding the Table service data model" in Microsoft's
/// REST reference; the emulator lets some of it pass, Azure does not. Messages repeat no content.
/// </summary>
internal static partial class TableRules
{
    public const int MaxValues = 252;

    private static readonly DateTimeOffset s_oldestDate = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    public static void CheckTable(string table)
    {
        Require(
            TableName().IsMatch(table) && !table.Equals("tables", StringComparison.OrdinalIgnoreCase),
            "A table's name has 3 to 63 letters and digits, begins with a letter, and is not 'tables'.",
            nameof(table)
        );
    }

    public static void CheckKey(string key, string parameter)
    {
        CheckText(key, parameter);
        Require(key.Length <= 512, "A key has at most 512 characters.", parameter);
        Require(
            !key.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c)),
            "A key holds none of / \\ # ? and no control character.",
            parameter
        );
    }

    public static void CheckRow(TableRow row)
    {
        CheckKey(row.PartitionKey, nameof(row.PartitionKey));
        CheckKey(row.RowKey, nameof(row.RowKey));
        Require(row.Values.Count <= MaxValues, $"A row has at most {MaxValues} values.", nameof(row));
        foreach (var (name, value) in row.Values)
        {
            CheckName(name, nameof(row));
            Require(
                name is not ("PartitionKey" or "RowKey" or "Timestamp"),
                "PartitionKey, RowKey and Timestamp are the service's own names.",
                nameof(row)
            );
            CheckValue(name, value);
        }
    }

    /// <summary>A value's name, as it may stand in a row, a filter or a selection.</summary>
    public static void CheckName(string name, string parameter) =>
        Require(ValueName().IsMatch(name), "A value's name is an identifier of at most 255 letters, digits and '_'.", parameter);

    /// <summary>A half of a surrogate pair would come back as another character.</summary>
    public static void CheckText(string text, string parameter)
    {
        ArgumentNullException.ThrowIfNull(text, parameter);
        try
        {
            s_strict.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException("A text must be well-formed Unicode.", parameter);
        }
    }

    private static void CheckValue(string name, object value)
    {
        switch (value)
        {
            case string text:
                CheckText(text, name);
                break;
            case DateTimeOffset date:
                Require(date >= s_oldestDate, "A date is not before the year 1601.", name);
                break;
            default:
                Require(
                    value is int or long or double or bool or byte[],
                    "A value is a string, int, long, double, bool, DateTimeOffset or byte[].",
                    name
                );
                break;
        }
    }

    private static void Require(bool condition, string message, string parameter)
    {
        if (!condition)
        {
            throw new ArgumentException(message, parameter);
        }
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]{2,62}\z")]
    private static partial Regex TableName();

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{Nd}_]{0,254}\z")]
    private static partial Regex ValueName();
}
