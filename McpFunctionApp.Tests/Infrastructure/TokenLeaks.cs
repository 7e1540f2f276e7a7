using System.Text.Json.Nodes;

namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>Looks for tokens where none may be: any 12 characters in a row of any of them.</summary>
public static class TokenLeaks
{
    private const int Piece = 12;

    public static void AssertNone(IEnumerable<string> texts, IEnumerable<string> tokens)
    {
        var pieces = tokens.SelectMany(PiecesOf).ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var text in texts.SelectMany(Readings))
        {
            for (var at = 0; at + Piece <= text.Length; at++)
            {
                if (pieces.Contains(text.AsSpan(at, Piece)))
                {
                    Assert.Fail($"holds a part of a token: {text}");
                }
            }
        }
    }

    private static IEnumerable<string> PiecesOf(string token) =>
        Enumerable.Range(0, Math.Max(0, token.Length - Piece + 1)).Select(at => token.Substring(at, Piece));

    /// <summary>The text as it is and, where it is JSON, every string in it without its escapes.</summary>
    private static IEnumerable<string> Readings(string text)
    {
        yield return text;
        if (text.StartsWith('{'))
        {
            foreach (var value in Strings(JsonNode.Parse(text)))
            {
                yield return value;
            }
        }
    }

    private static IEnumerable<string> Strings(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.SelectMany(member => Strings(member.Value).Prepend(member.Key)),
            JsonArray entries => entries.SelectMany(Strings),
            JsonValue value when value.TryGetValue(out string? text) => [text],
            _ => [],
        };
}
