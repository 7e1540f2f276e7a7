using System.Text.Json.Nodes;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>Clients and frameworks as people use them, each with a list and a call of the largest form.</summary>
public sealed class KnownClientTests(SampleWorld world) : IClassFixture<SampleWorld>
{
    private const string Technician = "test-token-technician";
    private static readonly string s_folder = Path.Combine(NodeRig.ProjectDirectory, "clients");
    private static readonly Lazy<Task> s_installed = new(() => NodeRig.InstallAsync(s_folder));

    [NewerNodeTheory]
    [InlineData("@ai-sdk/mcp")]
    [InlineData("@google/genai")]
    public Task A_client_lists_the_technicians_77_fields_and_makes_a_request(string client) => ListAndCallAsync(client);

    [NewerNodeTheory(IsSlow = true)]
    [InlineData("@langchain/mcp-adapters")]
    [InlineData("@modelcontextprotocol/inspector")]
    [InlineData("@openai/agents")]
    [InlineData("mcp-remote")]
    public Task So_does_a_client_that_takes_a_while_to_start(string client) => ListAndCallAsync(client);

    private async Task ListAndCallAsync(string client)
    {
        var schema = (await world.App.Rpc.ListAsync(Technician)).Tool("create_request")["inputSchema"]!;
        var arguments = new JsonObject();
        foreach (var name in schema["required"]!.AsArray().Select(name => (string)name!))
        {
            arguments[name] = schema["properties"]![name]!["enum"]?[0]?.DeepClone() ?? "Printer is out of toner";
        }

        var output = await RunAsync(client, arguments);

        var fields = output["fields"]!.AsArray().Select(field => (string)field!).ToList();
        Assert.Equal(77, fields.Count);
        Assert.Equal(schema["properties"]!.AsObject().Select(property => property.Key), fields);
        var answer = (string)output["answer"]!;
        Assert.StartsWith("{", answer, StringComparison.Ordinal);
        var receipt = JsonNode.Parse(answer)!;
        Assert.Equal("open", (string?)receipt["status"]);
        Assert.All(
            arguments,
            argument => Assert.True(JsonNode.DeepEquals(argument.Value, receipt["data"]![argument.Key]), argument.Key)
        );
        var accepted = await world.Sample.RequestsOfAsync(Technician);
        Assert.Contains(accepted, request => request.GetProperty("id").GetInt64() == (long)receipt["id"]!);
    }

    private async Task<JsonNode> RunAsync(string client, JsonObject arguments)
    {
        var journey = new JsonObject
        {
            ["endpoint"] = world.App.Endpoint.ToString(),
            ["token"] = Technician,
            ["tool"] = "create_request",
            ["arguments"] = arguments.DeepClone(),
        };
        await s_installed.Value;
        string[] script = [Path.Combine(s_folder, "client.mjs"), client, journey.ToJsonString()];
        return JsonNode.Parse(await NewerNode.RunAsync(s_folder, script, TimeSpan.FromMinutes(1)))!;
    }

    [Fact]
    public void The_lock_file_fixes_every_package_by_its_hash_and_leaves_the_registry_to_the_machine() =>
        NodeRigTests.AssertLocked(s_folder);
}

/// <summary>A theory that needs the newer Node; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NewerNodeTheoryAttribute() : MachineTheoryAttribute(NewerNode.Missing);
