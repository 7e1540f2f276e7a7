using System.Net;
using McpFunctionApp.Tests.Endpoint;

namespace McpFunctionApp.Tests.Messages;

public sealed class MessageShapeTests(EndpointApp fixture) : IClassFixture<EndpointApp>
{
    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"ping"}]""")]
    public async Task A_batch_is_400_in_every_revision(string body)
    {
        foreach (var revision in new[] { "2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28" })
        {
            var answer = await fixture.Rpc.PostAsync(body, null, ("MCP-Protocol-Version", revision));
            Wire.IsError(answer, 400, -32600, "null");
            Assert.Contains("batch", answer.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"ping\"")]
    [InlineData("true")]
    [InlineData("{}")]
    public async Task JSON_that_is_no_message_is_400_with_id_null(string body)
    {
        Wire.IsError(await fixture.Rpc.PostAsync(body), 400, -32600, "null");
        Wire.IsError(await fixture.Rpc.PostAsync(body, null, Wire.Headers("ping")), 400, -32600, "null");
    }

    [Theory]
    [InlineData("""{"id":7,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"1.0","id":7,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":2.0,"id":7,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":null,"id":7,"method":"ping"}""")]
    [InlineData("""{"JSONRPC":"2.0","id":7,"method":"ping"}""")]
    public async Task A_message_without_jsonrpc_2_0_is_400_with_its_id(string body) =>
        Wire.IsError(await fixture.Rpc.PostAsync(body), 400, -32600, "7");

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":["ping"]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":true}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":""}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{},"error":{"code":1,"message":"x"}}""")]
    public async Task A_message_without_a_method_that_is_text_is_400_with_its_id(string body)
    {
        Wire.IsError(await fixture.Rpc.PostAsync(body), 400, -32600, "7");
        Wire.IsError(await fixture.Rpc.PostAsync(body, null, Wire.Headers("ping")), 400, -32600, "7");
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("0", "0")]
    [InlineData("-1", "-1")]
    [InlineData("-0", "0")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("\"1\"", "\"1\"")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"a\\u0062c\"", "\"abc\"")]
    [InlineData("\"a\\\"b\\\\c\"", "\"a\\\"b\\\\c\"")]
    public async Task An_id_comes_back_with_its_value_and_type_in_results_and_errors(string id, string expected)
    {
        foreach (var perRequest in new[] { false, true })
        {
            await ComesBackAsync("tools/list", null);
            await ComesBackAsync("resources/read", null);
            await ComesBackAsync("tools/list", "\"cursor\":1");

            async Task ComesBackAsync(string method, string? members)
            {
                var answer = await fixture.Rpc.SendAsync(method, perRequest, members, id: id);
                using var read = JsonDocument.Parse(answer.Body);
                using var wanted = JsonDocument.Parse(expected);
                Assert.True(JsonElement.DeepEquals(wanted.RootElement, read.RootElement.GetProperty("id")), answer.Body);
            }
        }
    }

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("1.5")]
    [InlineData("1e2")]
    [InlineData("1e400")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public async Task An_id_that_cannot_come_back_is_400_with_id_null(string id)
    {
        Wire.IsError(await fixture.Rpc.SendAsync("tools/list", false, id: id), 400, -32600, "null");
        Wire.IsError(await fixture.Rpc.SendAsync("tools/list", true, id: id), 400, -32600, "null");
    }

    [Fact]
    public async Task A_message_with_members_nobody_knows_is_served()
    {
        var answer = await fixture.Rpc.PostAsync("""{"jsonrpc":"2.0","x":{"y":[]},"id":7,"method":"ping","Method":"pong"}""");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(7, (int)answer.Json["id"]!);
    }
}
