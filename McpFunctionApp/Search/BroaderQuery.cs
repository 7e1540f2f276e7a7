using System.Globalization;
using McpFunctionApp.Replies;

namespace McpFunctionApp.Search;

/// <summary>What a search without hits says: that there are none, and what else to try. Pure.</summary>
internal static class BroaderQuery
{
    private const int MaxShown = 60;

    public static string Message(EntityType type, string query) =>
        type.MinScore > 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"No {type.Name} matches with a score of {type.MinScore} or more. {Advice(query)}"
            )
            : $"No {type.Name} matches. {Advice(query)}";

    /// <summary>One word asks for less than many do; of one word, another spelling or another property is what is left.</summary>
    private static string Advice(string query)
    {
        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1
            ? $"A broader query has fewer words, such as '{Quotable.Shorten(words.MaxBy(word => word.Length)!, MaxShown)}' alone."
            : "Whole words are compared: a broader query is a word of the name in full, or another word that would stand in "
                + "the document.";
    }
}
