using System.Text;

namespace McpFunctionApp.Adapters;

/// <summary>
/// An address of an adapter with <c>{name}</c> in it: at its start an origin with an optional path, elsewhere one
/// percent-encoded part of a path or query. What stands for a name cannot leave its place.
/// </summary>
internal sealed record AdapterAddress(string Text)
{
    private const int MaxLength = 2_048;

    /// <summary>The names in it, in their order.</summary>
    public IReadOnlyList<string> Names { get; } = [.. Parts(Text).Where(part => part.IsName).Select(part => part.Text)];

    /// <summary>The name that stands for its origin; null where the origin is written out.</summary>
    public string? Origin => Parts(Text).FirstOrDefault() is { IsName: true } first ? first.Text : null;

    /// <returns>What is wrong with it as it is written; null for nothing.</returns>
    public string? Check()
    {
        var parts = Parts(Text).ToList();
        if (parts.Find(part => part.IsName ? !IsName(part.Text) : part.Text.AsSpan().ContainsAny('{', '}')) is { } odd)
        {
            return $"has '{(odd.IsName ? $"{{{odd.Text}}}" : odd.Text)}': a name in braces has letters, digits and '_', and "
                + $"begins with a letter";
        }

        if (Text.Length > MaxLength || Text.Any(c => c is <= ' ' or > '~' or '\\' or '#'))
        {
            return "is no address: it has blanks, a '#', a '\\', characters beyond ASCII, or is too long";
        }

        return parts is [{ IsName: true }, ..]
            ? parts is [_, { IsName: false, Text: ['/' or '?', ..] }, ..] or [_]
                ? null
                : "has something beside the name of its origin: '/' or '?' must follow"
            : CheckWritten(parts);
    }

    /// <param name="origin">What stands for the name at the start.</param>
    /// <param name="valueOf">What stands for every other name.</param>
    public Uri? Fill(Uri? origin, Func<string, string> valueOf)
    {
        var address = new StringBuilder();
        foreach (var (part, place) in Parts(Text).Select((part, place) => (part, place)))
        {
            address.Append(
                !part.IsName ? part.Text
                : place == 0 ? origin?.GetLeftPart(UriPartial.Path).TrimEnd('/')
                : Uri.EscapeDataString(valueOf(part.Text))
            );
        }

        return Uri.TryCreate(address.ToString(), UriKind.Absolute, out var url) && !HasDots(address.ToString()) ? url : null;
    }

    /// <summary>Whether a value may stand for a name elsewhere than at the start: it must not be able to change what stands
    /// around it.</summary>
    public static bool MayStand(string value) => value.Length > 0 && value is not ("." or "..") && !value.Any(char.IsControl);

    public static bool IsName(string text) =>
        text.Length is > 0 and <= 64 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static string? CheckWritten(List<Part> parts)
    {
        var written = parts.Count == 0 ? "" : parts[0].Text;
        var authority = written.IndexOf("://", StringComparison.Ordinal);
        var isWhole = authority > 0 && (parts.Count == 1 || written.AsSpan(authority + 3).ContainsAny('/', '?'));
        return
            isWhole
            && Uri.TryCreate(written, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            && url.Host.Length > 0
            ? null
            : "must begin with the name of an origin, such as {site}, or be an absolute http or https address";
    }

    /// <summary>A step up that two names, or a name and what stands beside it, make together.</summary>
    private static bool HasDots(string address) => address.Split('?')[0].Split('/').Any(segment => segment is "." or "..");

    private static IEnumerable<Part> Parts(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0)
            {
                yield return new Part(text[at..], false);
                yield break;
            }

            if (open > at)
            {
                yield return new Part(text[at..open], false);
            }

            yield return new Part(text[(open + 1)..close], true);
            at = close + 1;
        }
    }

    private sealed record Part(string Text, bool IsName);
}
