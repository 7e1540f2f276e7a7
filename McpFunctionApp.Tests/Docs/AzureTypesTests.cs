using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Docs;

/// <summary>The host and the store are each known to one room only.</summary>
public sealed class AzureTypesTests
{
    private static readonly string s_product = Path.GetFullPath(Path.Combine(NodeRig.ProjectDirectory, "..", "McpFunctionApp"));

    [Fact]
    public void Only_the_functions_know_a_type_of_the_worker() => Assert.All(
        Sources().Where(file => !IsIn(file, "Hosting", "Functions")),
        file => Assert.DoesNotMatch(@"\bMicrosoft\.Azure\.", File.ReadAllText(file)));

    [Fact]
    public void Only_storage_knows_a_type_of_the_tables_library() => Assert.All(
        Sources().Where(file => !IsIn(file, "Storage")),
        file => Assert.DoesNotMatch(@"\bAzure\.Data\.Tables\b", File.ReadAllText(file)));

    [Fact]
    public void No_source_is_compiled_by_a_condition_of_its_own() =>
        Assert.All(Sources(), file => Assert.DoesNotMatch(@"(?m)^\s*#(if|elif)\b", File.ReadAllText(file)));

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(s_product, "*.cs", SearchOption.AllDirectories)
            .Where(file => !IsIn(file, "obj") && !IsIn(file, "bin"));

    private static bool IsIn(string file, params string[] folder) =>
        Path.GetRelativePath(s_product, file)
            .StartsWith(Path.Combine(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
