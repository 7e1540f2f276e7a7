using System.Text.RegularExpressions;

namespace McpFunctionApp.Tests.Docs;

/// <summary>Whoever reads one page finds the others: links lead somewhere, and no page is left out.</summary>
public sealed partial class DocumentLinksTests
{
    public static TheoryData<string> Documents =>
        [
            .. Pages("docs"),
            "README.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "CHANGELOG.md",
            "bench/README.md",
            "bench/RESULTS.md",
            "infra/README.md",
        ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_within_the_repository_leads_to_a_file_and_to_a_heading(string document) =>
        Assert.DoesNotContain(MarkdownDocument.Read(document).Links, link => !Leads(document, link));

    [Fact]
    public void The_index_lists_every_page()
    {
        var listed = MarkdownDocument.Read("docs/README.md").Links.Select(link => $"docs/{link}");
        Assert.Empty(Pages("docs").Except(listed).Except(["docs/README.md"]));
    }

    [Fact]
    public void The_first_page_leads_to_the_index() =>
        Assert.Contains("docs/README.md", MarkdownDocument.Read("README.md").Links);

    [Fact]
    public void Every_page_that_a_comment_in_the_code_names_exists()
    {
        var named = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "McpFunctionApp"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => PageName().Matches(File.ReadAllText(file)))
            .Select(match => match.Value)
            .Distinct()
            .ToList();
        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, page => !Repository.Has(page));
    }

    private static IEnumerable<string> Pages(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md")
            .Select(file => $"{folder}/{Path.GetFileName(file)}");

    private static bool Leads(string document, string link)
    {
        var (file, anchor) = link.Split('#') is [var path, var heading] ? (path, heading) : (link, null);
        var target =
            file.Length == 0
                ? document
                : Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, file));
        return Repository.Has(target) && (anchor is null || MarkdownDocument.Read(target).Anchors.Contains(anchor));
    }

    [GeneratedRegex(@"\bdocs/[\w-]+\.md\b")]
    private static partial Regex PageName();
}
