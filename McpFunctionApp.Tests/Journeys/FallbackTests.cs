namespace McpFunctionApp.Tests.Journeys;

public sealed class FallbackTests : IAsyncLifetime
{
    private static readonly string[] s_staticTools = ["add", "echo", "multiply"];

    private readonly SampleWorld _world = new();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Theory, CSharpClients, NodeClients]
    public async Task Scenario_5_an_error_of_the_form_API_falls_back_to_the_static_tools_until_it_is_over(string client)
    {
        using var off = await _world.Sample.SwitchAsync("down");
        var down = await TravelAsync(client, SampleWorld.UserA);
        AssertFallsBack(down, "unavailable", "form_unavailable");

        using var on = await _world.Sample.SwitchAsync("normal");
        _world.Clock.Advance(TimeSpan.FromSeconds(6));
        var up = await TravelAsync(client, SampleWorld.UserA);
        Assert.Equal([.. s_staticTools, "create_request", "draft_create_request"], up.Answers[0].ToolNames);
        Assert.False(up.Answers[1].IsError);
    }

    [Theory, CSharpClients, NodeClients]
    public async Task Scenario_6_a_missing_malformed_or_unknown_token_falls_back_to_the_static_tools(string client)
    {
        var journeys = await Task.WhenAll(
            TravelAsync(client, null),
            TravelAsync(client, "Bearer test-token-user-a test-token-user-b"),
            TravelAsync(client, "Basic dGVzdC10b2tlbi11c2VyLWE6"),
            TravelAsync(client, "Bearer a-token-that-nobody-has")
        );
        Assert.All(journeys[..3], journey => AssertFallsBack(journey, "no_token", "authentication_required"));
        AssertFallsBack(journeys[3], "rejected", "token_rejected");
    }

    private Task<Journey> TravelAsync(string client, string? authorization) =>
        JourneyClients
            .Of(client)
            .TravelAsync(
                _world.App.Endpoint,
                authorization,
                JourneyStep.List,
                JourneyStep.Call("create_request", """{"subject":"Anything"}"""),
                JourneyStep.Call("multiply", """{"a":6,"b":7}""")
            );

    private static void AssertFallsBack(Journey journey, string reason, string code)
    {
        var (list, call, multiply) = (journey.Answers[0], journey.Answers[1], journey.Answers[2]);
        Assert.Equal(s_staticTools, list.ToolNames);
        Assert.Equal(reason, list.FallbackReason);
        Assert.True(call.IsError);
        Assert.Equal(code, call.ErrorCode);
        Assert.Contains("create_request", call.Text, StringComparison.Ordinal);
        Assert.Equal("42", multiply.Text);
    }
}
