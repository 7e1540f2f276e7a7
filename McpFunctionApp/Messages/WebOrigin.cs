using System.Buffers;

namespace McpFunctionApp.Messages;

/// <summary>A web origin as browsers and editors write it in the <c>Origin</c> header. Pure.</summary>
internal static class WebOrigin
{
    /// <summary>What a page in a sandbox or from a file has: anybody's page can have it.</summary>
    public const string Opaque = "null";

    private static readonly SearchValues<char> s_beyondAuthority = SearchValues.Create("/?#@*\\ \t");

    // Schemes that serve no page: an entry with one is a mistake.
    private static readonly string[] s_otherSchemes = ["ftp", "ws", "wss", "mailto", "data"];

    /// <summary>One spelling for each origin: lower case, without the scheme's own port.</summary>
    /// <returns>Null where it is no origin: <c>null</c>, or a scheme and a host, with nothing behind them.</returns>
    public static string? Read(string text)
    {
        if (text == Opaque)
        {
            return Opaque;
        }

        var end = text.IndexOf("://", StringComparison.Ordinal);
        if (
            end <= 0
            || text.AsSpan(end + 3).TrimEnd('/').ContainsAny(s_beyondAuthority)
            || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || s_otherSchemes.Contains(url.Scheme)
        )
        {
            return null;
        }

        return IsWeb(url) ? url.GetLeftPart(UriPartial.Authority) : text.TrimEnd('/').ToLowerInvariant();
    }

    public static bool IsWeb(Uri url) => url.Scheme is "http" or "https";
}
