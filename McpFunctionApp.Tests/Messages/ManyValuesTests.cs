using McpFunctionApp.Tests.Endpoint;

namespace McpFunctionApp.Tests.Messages;

/// <summary>A megabyte of short values takes a hundred times as long as a megabyte of text: their number is bounded.</summary>
public sealed class ManyValuesTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    [Theory]
    [InlineData("0,", 99_000, 200)]
    [InlineData("0,", 100_001, 400)]
    [InlineData("[],", 100_001, 400)]
    [InlineData("{\"a\":0},", 34_000, 400)]
    public async Task A_message_has_at_most_100000_names_and_values(string value, int count, int status)
    {
        var list = string.Concat(Enumerable.Repeat(value, count)).TrimEnd(',');
        var answer = await fixture.Rpc.PostAsync(Wire.Body("ping", $"\"list\":[{list}]", id: "\"the-id\""));
        Assert.Equal(status, (int)answer.Status);
        Assert.Equal("the-id", (string?)answer.Json["id"]);
    }

    [Fact]
    public async Task Commas_and_braces_within_a_text_are_no_values()
    {
        var text = string.Concat(Enumerable.Repeat(",[{", 300_000));
        Assert.Equal(200, (int)(await fixture.Rpc.PostAsync(Wire.Body("ping", $"\"text\":\"{text}\""))).Status);
    }
}
