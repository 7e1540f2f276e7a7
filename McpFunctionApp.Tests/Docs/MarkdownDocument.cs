using System.Text.RegularExpressions;

namespace McpFunctionApp.Tests.Docs;

/// <summary>What a page links to within the repository, and what may link to it.</summary>
/// <param name="Links">As they are written, <c>file#anchor</c>; without those to other sites.</param>
/// <param name="Anchors">Of its headings, as GitHub makes them.</param>
internal sealed partial record MarkdownDocument(IReadOnlyList<string> Links, IReadOnlySet<string> Anchors)
{
    public static MarkdownDocument Read(string path)
    {
        // What looks like a heading or a link within code is neither.
        var prose = Fence().Replace(Repository.Read(path).ReplaceLineEndings("\n"), "");
        return new MarkdownDocument(
            [.. Link().Matches(Code().Replace(prose, "")).Select(match => match.Groups[1].Value).Where(IsWithin)],
            AnchorsOf(Heading().Matches(prose).Select(match => match.Groups[1].Value))
        );
    }

    private static bool IsWithin(string link) => !Scheme().IsMatch(link);

    private static HashSet<string> AnchorsOf(IEnumerable<string> headings) =>
        [
            .. headings
                .Select(Slug)
                .GroupBy(slug => slug)
                .SelectMany(same => same.Select((slug, index) => index == 0 ? slug : $"{slug}-{index}")),
        ];

    private static string Slug(string heading) =>
        NotInSlug().Replace(LinkText().Replace(heading, "$1").Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"^[ \t]*```.*?^[ \t]*```[ \t]*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`[^`\n]+`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInSlug();
}
