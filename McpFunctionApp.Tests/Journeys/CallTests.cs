using System.Globalization;
using McpFunctionApp.Tests.Sample;

namespace McpFunctionApp.Tests.Journeys;

public sealed class CallTests(SampleWorld world) : IClassFixture<SampleWorld>
{
    [Theory, CSharpClients, NodeClients]
    public async Task Scenario_4_a_call_with_good_arguments_succeeds(string client)
    {
        var subject = $"Screen is dark, says {client}";
        var arguments = $$"""{"subject":"{{subject}}","priority":"high","category":"Network"}""";
        var journey = await JourneyClients
            .Of(client)
            .TravelAsync(
                world.App.Endpoint,
                SampleWorld.UserB,
                JourneyStep.List,
                JourneyStep.Call("create_request", arguments),
                JourneyStep.Call("add", """{"a":40,"b":2}""")
            );
        var receipt = journey.Answers[1];
        Assert.False(receipt.IsError);

        var content = receipt.Result["structuredContent"]!;
        Assert.Equal("open", (string?)content["status"]);
        Assert.True(
            DateTimeOffset.TryParseExact(
                (string)content["timestamp"]!,
                "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out _
            )
        );
        Assert.Equal(arguments, content["data"]!.ToJsonString());
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(receipt.Text), JsonElement.Parse(content.ToJsonString())));

        // The form API has the request under the same id, with the category's own value instead of its label.
        var accepted = (await world.Sample.RequestsOfAsync(SampleHost.UserB)).Single(r =>
            r.GetProperty("id").GetInt64() == (long)content["id"]!
        );
        Assert.Equal(
            $$"""{"subject":"{{subject}}","priority":"high","category":13}""",
            accepted.GetProperty("fields").GetRawText()
        );
        Assert.Equal("42", journey.Answers[2].Text);
    }

    [Theory, CSharpClients, NodeClients]
    public async Task Scenario_7_a_missing_required_field_is_refused_and_the_client_is_told_which(string client)
    {
        var refusal = await RefusedAsync(client, SampleHost.UserA, """{"requester":"scenario 7"}""");
        Assert.Contains("subject", refusal.Text, StringComparison.Ordinal);
        Assert.Contains("required", refusal.Text, StringComparison.Ordinal);
    }

    [Theory, CSharpClients, NodeClients]
    public async Task Scenario_8_a_bad_choice_is_refused_and_the_client_is_told_the_right_ones(string client)
    {
        var refusal = await RefusedAsync(client, SampleHost.UserB, """{"subject":"scenario 8","priority":"critical"}""");
        Assert.StartsWith("priority: 'critical' is not one of: low, medium, high.", refusal.Text, StringComparison.Ordinal);
    }

    private async Task<JourneyAnswer> RefusedAsync(string client, string token, string arguments)
    {
        var before = await world.Sample.RequestsOfAsync(token);

        // After a list a client knows the tool's outputSchema, and could hide the refusal behind a complaint of its own.
        var journey = await JourneyClients
            .Of(client)
            .TravelAsync(world.App.Endpoint, $"Bearer {token}", JourneyStep.List, JourneyStep.Call("create_request", arguments));
        var refusal = journey.Answers[1];
        Assert.True(refusal.IsError);
        Assert.Equal("invalid_arguments", refusal.ErrorCode);
        Assert.Null(refusal.Result["structuredContent"]);
        Assert.Equal(before.Count, (await world.Sample.RequestsOfAsync(token)).Count);
        return refusal;
    }
}
