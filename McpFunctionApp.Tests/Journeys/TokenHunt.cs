using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>Looks for any 12 characters in a row of any of these tokens.</summary>
internal sealed class TokenHunt(IEnumerable<string> tokens)
{
    private const int Piece = 12;

    private readonly HashSet<string> _pieces =
    [
        .. tokens.SelectMany(token => Enumerable.Range(0, token.Length - Piece + 1).Select(at => token.Substring(at, Piece))),
    ];

    public bool Finds(string text)
    {
        var pieces = _pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = 0; at + Piece <= text.Length; at++)
        {
            if (pieces.Contains(text.AsSpan(at, Piece)))
            {
                return true;
            }
        }

        return false;
    }

    public void AssertNothingIn(LogCollector log)
    {
        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, line => Finds(line.Text));
    }

    public void AssertNothingIn(RpcAnswer answer)
    {
        Assert.False(Finds(answer.Body), answer.Body);
        Assert.False(Finds(answer.Headers.ToString()), answer.Headers.ToString());
    }
}
