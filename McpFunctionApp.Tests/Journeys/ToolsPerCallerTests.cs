using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Journeys;

public sealed class ToolsPerCallerTests(SampleWorld world) : IClassFixture<SampleWorld>
{
    [Theory, CSharpClients, NodeClients]
    public async Task Scenario_1_caller_A_sees_the_tools_of_their_own_form(string client)
    {
        var journey = await JourneyClients.Of(client).TravelAsync(world.App.Endpoint, SampleWorld.UserA, JourneyStep.List);
        Assert.Equal(JourneyClients.RevisionOf(client), journey.Revision);
        Assert.Equal(["add", "echo", "multiply", "create_request", "draft_create_request"], journey.Single.ToolNames);
        Assert.Equal(["subject", "requester", "description"], journey.Single.Parameters("create_request"));
        Assert.Equal(["subject"], journey.Single.Required("create_request"));
        Assert.Null(journey.Single.FallbackReason);
    }

    [Theory, CSharpClients, NodeClients]
    public async Task Scenario_2_caller_B_sees_different_tools_at_the_same_address(string client)
    {
        var clients = JourneyClients.Of(client);
        var a = await clients.TravelAsync(world.App.Endpoint, SampleWorld.UserA, JourneyStep.List);
        var b = await clients.TravelAsync(world.App.Endpoint, SampleWorld.UserB, JourneyStep.List);
        Assert.Equal(["subject", "priority", "category"], b.Single.Parameters("create_request"));
        Assert.Equal(["subject"], b.Single.Required("create_request"));
        Assert.Equal(
            ["low", "medium", "high"],
            b.Single.InputSchema("create_request")["properties"]!["priority"]!["enum"]!.AsArray().Select(label => (string?)label)
        );
        Assert.NotEqual(a.Single.Parameters("create_request"), b.Single.Parameters("create_request"));
    }

    [Theory, CSharpClients, NodeClients]
    public async Task Scenario_3_a_second_list_comes_from_the_cache(string client)
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields("""{"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true}""");
        await using var app = await TestApp.StartAsync(api);
        var journey = await JourneyClients
            .Of(client)
            .TravelAsync(app.Endpoint, "Bearer a-caller-who-lists-twice", JourneyStep.List, JourneyStep.List);
        Assert.All(journey.Answers, answer => Assert.Equal(["subject"], answer.Parameters("create_request")));

        // Both lists were answered by the server, the second one without a call to the form API.
        Assert.Equal(2, app.Log.Of(3010).Count());
        Assert.Single(api.Calls);
    }
}
