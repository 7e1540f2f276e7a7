using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpFunctionApp.Tests.Endpoint;

public sealed class RequestsToTheClientTests
{
    private const string AllCapabilities = """{"sampling":{},"elicitation":{"form":{}},"roots":{}}""";

    [Theory]
    [InlineData("sampling")]
    [InlineData("elicitation")]
    [InlineData("roots")]
    [InlineData("ping")]
    public async Task In_a_handshake_revision_a_request_to_the_client_is_refused_at_once(string what)
    {
        Exception? refusal = null;
        await using var app = await ToolApp.StartAsync(
            async (context, cancellationToken) =>
            {
                refusal = await Record.ExceptionAsync(() => AskAsync(context.Server, what, cancellationToken));
                return refusal is null ? "the client answered" : "refused";
            }
        );
        var answer = await app.CallToolAsync(false).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal("refused", answer.Text);
        Assert.True(refusal is McpException or InvalidOperationException, $"{refusal}");
        Assert.False(app.HasErrors());
    }

    [Fact]
    public async Task The_transport_says_that_a_stateless_server_cannot_ask()
    {
        Exception? refusal = null;
        await using var app = await ToolApp.StartAsync(
            async (context, cancellationToken) =>
            {
                refusal = await Record.ExceptionAsync(() => AskAsync(context.Server, "ping", cancellationToken));
                return "refused";
            }
        );
        await app.CallToolAsync(false).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Contains("stateless", Assert.IsType<McpException>(refusal).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sampling")]
    [InlineData("elicitation")]
    [InlineData("roots")]
    public async Task In_2026_07_28_no_request_is_sent_and_no_tool_is_left_waiting(string what)
    {
        var ended = new TaskCompletionSource<Exception?>();
        await using var app = await ToolApp.StartAsync(
            async (context, cancellationToken) =>
            {
                ended.SetResult(await Record.ExceptionAsync(() => AskAsync(context.Server, what, cancellationToken)));
                return "done";
            }
        );
        var answer = await app.CallToolAsync(true, capabilities: AllCapabilities, id: "7").WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(7, (int)answer.Json["id"]!);
        Assert.Equal("application/json", answer.ContentType);
        Assert.False(answer.Json.AsObject().ContainsKey("method"));
        Assert.NotNull(await ended.Task.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.False(app.HasErrors());
    }

    [Fact]
    public async Task A_tool_that_asks_the_client_all_the_same_ends_as_an_error_result()
    {
        await using var app = await ToolApp.StartAsync(
            async (context, cancellationToken) =>
            {
                await AskAsync(context.Server, "ping", cancellationToken);
                return "the client answered";
            }
        );
        var answer = await app.CallToolAsync(false).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(answer.IsError, answer.Body);
    }

    private static async Task AskAsync(McpServer server, string what, CancellationToken cancellationToken)
    {
#pragma warning disable MCP9005 // Deprecated in 2026-07-28, and still there for any tool to call.
        var asking = what switch
        {
            "sampling" => server
                .SampleAsync(
                    new CreateMessageRequestParams
                    {
                        MaxTokens = 1,
                        Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = "?" }] }],
                    },
                    cancellationToken
                )
                .AsTask(),
            "elicitation" => server
                .ElicitAsync(new ElicitRequestParams { Message = "?", RequestedSchema = new() }, cancellationToken)
                .AsTask(),
            "roots" => server.RequestRootsAsync(new ListRootsRequestParams(), cancellationToken).AsTask(),
            _ => (Task)server.SendRequestAsync(new JsonRpcRequest { Method = "ping" }, cancellationToken),
        };
#pragma warning restore MCP9005
        await asking;
    }
}
