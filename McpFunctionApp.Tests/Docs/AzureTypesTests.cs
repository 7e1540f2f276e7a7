using System.Text.RegularExpressions;

namespace McpFunctionApp.Tests.Docs;

/// <summary>What knows a package of Azure's stays in its room, and one build serves all.</summary>
public sealed class AzureTypesTests
{
    private static readonly string s_product = Path.GetFullPath(Path.Combine(NodeRig.ProjectDirectory, "..", "McpFunctionApp"));

    [Fact]
    public void Only_the_storage_knows_a_type_of_its_tables() => AssertKnownOnlyIn(@"\bAzure\.Data\b|^using Azure;", "Storage");

    [Fact]
    public void Only_the_functions_know_a_type_of_the_worker() =>
        AssertKnownOnlyIn(@"\bMicrosoft\.Azure\.Functions\b", "Hosting", "Functions");

    [Fact]
    public void No_source_is_compiled_by_a_condition_of_its_own() =>
        Assert.All(Sources(), file => Assert.DoesNotMatch(@"(?m)^\s*#(if|elif)\b", File.ReadAllText(file)));

    private static void AssertKnownOnlyIn(string pattern, params string[] folder)
    {
        var rule = new Regex($"(?m){pattern}");
        Assert.Contains(Sources(), file => IsIn(file, folder) && rule.IsMatch(File.ReadAllText(file)));
        Assert.All(Sources().Where(file => !IsIn(file, folder)), file => Assert.DoesNotMatch(rule, File.ReadAllText(file)));
    }

    private static IEnumerable<string> Sources() =>
        Directory
            .EnumerateFiles(s_product, "*.cs", SearchOption.AllDirectories)
            .Where(file => !IsIn(file, "obj") && !IsIn(file, "bin"));

    private static bool IsIn(string file, params string[] folder) =>
        Path.GetRelativePath(s_product, file)
            .StartsWith(Path.Combine(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
