using System.Net;

namespace McpFunctionApp.Tests.Endpoint;

public sealed class AcceptTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    public static TheoryData<string, bool> Good { get; } = BothEras(
        "application/json, text/event-stream",
        "text/event-stream,application/json",
        "Application/JSON, TEXT/event-stream",
        "application/json;q=0.5, text/event-stream;q=0.1",
        "*/*",
        "text/html, */*;q=0.8",
        "application/*, text/*",
        "application/json; charset=utf-8, text/event-stream");

    public static TheoryData<string, bool> Bad { get; } = BothEras(
        "application/json",
        "text/event-stream",
        "text/html",
        "application/*",
        "application/jsonx, text/event-stream",
        "application/json, text/event-stream;q=0",
        "not a media type",
        "");

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_client_that_accepts_both_kinds_of_answer_is_served(string accept, bool perRequest)
    {
        var answer = await fixture.Rpc.PostAsync(Wire.Body("tools/list", null, perRequest), null, [.. Wire.Headers("tools/list", perRequest), ("Accept", accept)]);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Contains("add", answer.ToolNames);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_client_that_does_not_accept_both_is_406(string accept, bool perRequest)
    {
        var answer = await fixture.Rpc.PostAsync(Wire.Body("tools/list", null, perRequest), null, [.. Wire.Headers("tools/list", perRequest), ("Accept", accept)]);
        Wire.IsError(answer, 406, -32600, "null");
    }

    [Fact]
    public async Task Without_an_Accept_header_it_is_406()
    {
        using var request = Wire.BarePost(Wire.Body("tools/list"));
        request.Content!.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        Wire.IsError(await fixture.Rpc.SendAsync(request), 406, -32600, "null");
    }

    [Fact]
    public async Task Two_Accept_headers_count_as_one_list()
    {
        using var request = Wire.BarePost(Wire.Body("tools/list"));
        request.Content!.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        Assert.Equal(HttpStatusCode.OK, (await fixture.Rpc.SendAsync(request)).Status);
    }

    private static TheoryData<string, bool> BothEras(params string[] values)
    {
        var data = new TheoryData<string, bool>();
        foreach (var value in values)
        {
            data.Add(value, false);
            data.Add(value, true);
        }

        return data;
    }
}
