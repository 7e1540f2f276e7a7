using System.Net;
using McpFunctionApp.Tests.Endpoint;

namespace McpFunctionApp.Tests.Messages;

public sealed class ContentTypeTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/Json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    public async Task JSON_in_UTF_8_is_read(string type) =>
        Assert.Equal(HttpStatusCode.OK, (await fixture.Rpc.PostAsync(Wire.Body("ping"), null, ("Content-Type", type))).Status);

    [Theory]
    [InlineData("text/plain", false)]
    [InlineData("text/plain", true)]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("multipart/form-data; boundary=x", false)]
    [InlineData("application/jsonl", false)]
    [InlineData("application/json; charset=utf-16", false)]
    [InlineData("application/json, text/plain", true)]
    [InlineData("nonsense", false)]
    public async Task Any_other_content_is_415(string type, bool perRequest)
    {
        var answer = await fixture.Rpc.PostAsync(
            Wire.Body("tools/list", null, perRequest),
            null,
            [.. Wire.Headers("tools/list", perRequest), ("Content-Type", type)]
        );
        Wire.IsError(answer, 415, -32600, "null");
    }

    [Fact]
    public async Task A_body_without_a_content_type_is_415()
    {
        using var request = Wire.BarePost(Wire.Body("ping"));
        request.Headers.TryAddWithoutValidation("Accept", Wire.BothTypes);
        Wire.IsError(await fixture.Rpc.SendAsync(request), 415, -32600, "null");
    }

    [Fact]
    public async Task A_compressed_body_is_415() =>
        Wire.IsError(await fixture.Rpc.PostAsync(Wire.Body("ping"), null, ("Content-Encoding", "gzip")), 415, -32600, "null");
}
