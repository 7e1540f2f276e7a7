using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Sample;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>Real clients fulfil a whole exchange by themselves: the call, the questions, and what comes of them.</summary>
public sealed class AskingJourneyTests(SampleWorld world) : IClassFixture<SampleWorld>
{
    private const string Revision = "2026-07-28";

    [Fact]
    public async Task The_CSharp_client_asks_its_user_until_the_request_is_made()
    {
        var asked = new List<ElicitRequestParams>();
        string[] contents = ["""{"subject":"Printer","priority":"hihg"}""", """{"priority":"high"}"""];
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = world.App.Endpoint,
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = SampleWorld.UserB },
            }
        );
        var options = new McpClientOptions
        {
            ProtocolVersion = Revision,
            Handlers = new()
            {
                ElicitationHandler = (parameters, _) =>
                {
                    var content = JsonElement
                        .Parse(contents[asked.Count])
                        .EnumerateObject()
                        .ToDictionary(member => member.Name, member => member.Value);
                    asked.Add(parameters!);
                    return ValueTask.FromResult(new ElicitResult { Action = "accept", Content = content });
                },
            },
        };
        await using var client = await McpClient.CreateAsync(transport, options);
        var result = await client.CallToolAsync(
            new CallToolRequestParams { Name = "create_request", Arguments = new Dictionary<string, JsonElement>() }
        );
        Assert.NotEqual(true, result.IsError);
        Assert.Equal("high", result.StructuredContent!.Value.GetProperty("data").GetProperty("priority").GetString());
        Assert.Equal(2, asked.Count);
        Assert.IsType<ElicitRequestParams.TitledSingleSelectEnumSchema>(asked[1].RequestedSchema!.Properties["priority"]);
    }

    [NodeFact]
    public async Task The_TypeScript_client_asks_its_user_until_the_request_is_made()
    {
        var journey = await TravelAsync("""{"requester":"Ann"}""", """{"action":"accept","content":{"subject":"Printer"}}""");
        Assert.Equal(Revision, (string?)journey["revision"]);
        var result = Assert.Single(journey["answers"]!.AsArray())!["result"]!;
        Assert.Equal("Printer", (string?)result["structuredContent"]!["data"]!["subject"]);
        var asked = Assert.Single(journey["asked"]!.AsArray())!;
        Assert.Equal(["subject"], asked["requestedSchema"]!["properties"]!.AsObject().Select(property => property.Key));
    }

    [NodeFact]
    public async Task Its_user_may_decline()
    {
        var journey = await TravelAsync("{}", """{"action":"decline"}""");
        var result = Assert.Single(journey["answers"]!.AsArray())!["result"]!;
        Assert.True((bool)result["isError"]!);
        Assert.Equal("declined", (string?)result["_meta"]!["io.github.mcp-function-app/error"]!["code"]);
    }

    private async Task<JsonObject> TravelAsync(string arguments, string answer)
    {
        var journey = new JsonObject
        {
            ["endpoint"] = world.App.Endpoint.ToString(),
            ["authorization"] = $"Bearer {SampleHost.UserA}",
            ["era"] = Revision,
            ["steps"] = new JsonArray(new JsonObject { ["call"] = "create_request", ["arguments"] = JsonNode.Parse(arguments) }),
            ["persons"] = new JsonArray(JsonNode.Parse(answer)),
        };
        return JsonObject.Create(await NodeRig.RunAsync("asking2.mjs", journey))!;
    }
}
