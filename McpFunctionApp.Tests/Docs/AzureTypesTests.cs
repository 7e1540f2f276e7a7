using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Docs;

/// <summary>The two builds share every room but four folders, and only two of those know Azure.</summary>
public sealed class AzureTypesTests
{
    private static readonly string s_product = Path.GetFullPath(Path.Combine(NodeRig.ProjectDirectory, "..", "McpFunctionApp"));

    [Fact]
    public void Only_the_functions_and_their_tables_know_a_type_of_Azure() => Assert.All(
        Sources().Where(file => !IsIn(file, "Hosting", "Functions") && !IsIn(file, "Storage", "AzureDataTables")),
        file => Assert.DoesNotMatch(@"(?m)^using (static )?(Microsoft\.)?Azure\b", File.ReadAllText(file)));

    [Fact]
    public void No_source_is_compiled_by_a_condition_of_its_own() =>
        Assert.All(Sources(), file => Assert.DoesNotMatch(@"(?m)^\s*#(if|elif)\b", File.ReadAllText(file)));

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(s_product, "*.cs", SearchOption.AllDirectories).Where(file => !IsIn(file, "obj") && !IsIn(file, "bin"));

    private static bool IsIn(string file, params string[] folder) =>
        Path.GetRelativePath(s_product, file).StartsWith(Path.Combine(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
