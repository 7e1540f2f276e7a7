using System.Text.Json.Nodes;

namespace McpFunctionApp.Tests.Journeys;

public sealed class NodeRigTests
{
    [Fact]
    public void The_lock_file_fixes_every_package_by_its_hash_and_leaves_the_registry_to_the_machine() =>
        AssertLocked(Path.Combine(NodeRig.ProjectDirectory, "node"));

    internal static void AssertLocked(string folder)
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "package-lock.json")))!;
        var packages = file["packages"]!.AsObject().Where(package => package.Key.Length > 0).ToList();
        Assert.NotEmpty(packages);
        Assert.All(
            packages,
            package => Assert.StartsWith("sha512-", (string)package.Value!["integrity"]!, StringComparison.Ordinal)
        );
        Assert.All(packages, package => Assert.Null(package.Value!["resolved"]));
    }

    [NodeFact]
    public async Task A_script_that_fails_is_reported_with_what_it_threw()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => NodeRig.RunAsync("sdk1.mjs", []));
        Assert.Contains("sdk1.mjs failed: TypeError: Invalid URL", failure.Message, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task A_script_that_does_not_end_is_stopped()
    {
        // A server that takes the connection and never answers.
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var journey = JsonNode.Parse($$"""{"endpoint":"http://{{silent.LocalEndpoint}}/mcp","steps":[{"list":true}]}""")!;
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            NodeRig.RunAsync("sdk1.mjs", journey.AsObject(), TimeSpan.FromSeconds(0.5))
        );
        Assert.Contains("did not end within", failure.Message, StringComparison.Ordinal);
    }

    [NodeTheory]
    [InlineData("sdk1.mjs", "handshake")]
    [InlineData("client2.mjs", "2026-07-28")]
    public async Task A_client_that_cannot_connect_says_so(string script, string era)
    {
        var client = new NodeClient(script, era);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            client.TravelAsync(new Uri("http://127.0.0.1:9/mcp"), null, JourneyStep.List)
        );
        Assert.Contains("could not connect", failure.Message, StringComparison.Ordinal);
    }
}
