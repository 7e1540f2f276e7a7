using McpFunctionApp.Tests.Docs;

namespace McpFunctionApp.Tests.Hosting.Functions;

public sealed class WorkerTypesTests
{
    [Fact]
    public void Only_the_functions_know_types_of_the_worker()
    {
        var app = Path.Combine(Repository.Root, "McpFunctionApp");
        var knowing = Directory
            .EnumerateFiles(app, "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("Microsoft.Azure.Functions", StringComparison.Ordinal))
            .Select(file => Path.GetDirectoryName(Path.GetRelativePath(app, file))!)
            .Where(folder => folder.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));
        Assert.Equal([Path.Combine("Hosting", "Functions")], knowing.Distinct());
    }
}
