using System.Text;
using System.Text.Json.Nodes;
using McpFunctionApp.Endpoint;
using McpFunctionApp.Replies;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Tests.Endpoint;

/// <summary>The transport alone, where a moment in the midst of a write can be chosen.</summary>
public sealed class SingleMessageTransportTests
{
    [Fact]
    public async Task It_hands_over_exactly_one_message()
    {
        var request = Request();
        await using var transport = new SingleMessageTransport(new DefaultHttpContext(), request, false, null);
        Assert.Same(request, await transport.MessageReader.ReadAsync());
        Assert.False(await transport.MessageReader.WaitToReadAsync());
        Assert.Null(transport.SessionId);
    }

    [Fact]
    public async Task A_notification_cancelled_in_the_midst_of_its_event_leaves_no_half_event()
    {
        using var cancelled = new CancellationTokenSource();
        var body = new CancellingBody(cancelled);
        var context = new DefaultHttpContext { Response = { Body = body } };
        await using var transport = new SingleMessageTransport(context, Request(), false, null);
        await Record.ExceptionAsync(() => transport.SendMessageAsync(Progress(), cancelled.Token));
        await transport.SendMessageAsync(Answer());
        var events = EventStream.Read(Encoding.UTF8.GetString(body.ToArray()));
        Assert.Equal(1, (int)events[^1]["id"]!);
    }

    [Fact]
    public async Task A_notification_cancelled_before_it_is_written_changes_nothing()
    {
        var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        await using var transport = new SingleMessageTransport(context, Request(), false, null);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            transport.SendMessageAsync(Progress(), new CancellationToken(true))
        );
        await transport.SendMessageAsync(Answer());
        Assert.Equal("application/json", context.Response.ContentType);
        Assert.Equal(1, (int)JsonNode.Parse(body.ToArray())!["id"]!);
    }

    [Fact]
    public async Task A_large_answer_goes_out_in_pieces_and_counts_until_it_is_out()
    {
        var bytes = new BytesInFlight(1_000_000, TimeProvider.System);
        using var claim = bytes.Begin();
        var body = new PieceCountingBody();
        var context = new DefaultHttpContext { Response = { Body = body } };
        await using var transport = new SingleMessageTransport(context, Request(), false, null, claim);
        await transport.SendMessageAsync(new JsonRpcResponse { Id = new RequestId(1), Result = new string('x', 300_000) });
        Assert.Equal(context.Response.ContentLength, body.Length);
        Assert.Equal(body.Length, bytes.Used);
        Assert.InRange(body.Largest, 1, 32_768);
    }

    private sealed class PieceCountingBody : MemoryStream
    {
        public int Largest { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Largest = Math.Max(Largest, buffer.Length);
            return base.WriteAsync(buffer, cancellationToken);
        }
    }

    [Fact]
    public async Task After_the_answer_nothing_is_written()
    {
        var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        await using var transport = new SingleMessageTransport(context, Request(), false, null);
        await transport.SendMessageAsync(Answer());
        var length = body.Length;
        await transport.SendMessageAsync(Progress());
        await transport.SendMessageAsync(Answer());
        Assert.Equal(length, body.Length);
        Assert.Equal(length, context.Response.ContentLength);
        Assert.True(transport.IsAnswered);
    }

    [Fact]
    public async Task What_cannot_be_serialized_is_no_answer_yet()
    {
        var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        await using var transport = new SingleMessageTransport(context, Request(), false, null);
        var unreadable = new JsonRpcResponse { Id = new RequestId(1), Result = JsonValue.Create(double.NaN) };
        await Assert.ThrowsAnyAsync<Exception>(() => transport.SendMessageAsync(unreadable));
        Assert.False(transport.IsAnswered);
        await transport.SendMessageAsync(Answer());
        Assert.Equal(1, (int)JsonNode.Parse(body.ToArray())!["id"]!);
    }

    [Fact]
    public async Task A_request_to_the_client_is_refused_and_changes_nothing()
    {
        var context = new DefaultHttpContext();
        await using var transport = new SingleMessageTransport(context, Request(), true, null);
        await Assert.ThrowsAsync<McpException>(() =>
            transport.SendMessageAsync(new JsonRpcRequest { Id = new RequestId(1), Method = "roots/list" })
        );
        Assert.False(transport.IsAnswered);
        Assert.Null(context.Response.ContentType);
    }

    private static JsonRpcRequest Request() => new() { Id = new RequestId(1), Method = "tools/call" };

    private static JsonRpcNotification Progress() =>
        new()
        {
            Method = "notifications/progress",
            Params = new JsonObject { ["progress"] = 1 },
        };

    private static JsonRpcResponse Answer() => new() { Id = new RequestId(1), Result = new JsonObject() };

    /// <summary>Cancels in the midst of the first event, and refuses a cancelled write as Kestrel's body does.</summary>
    private sealed class CancellingBody(CancellationTokenSource cancel) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await base.WriteAsync(buffer, CancellationToken.None);
            await cancel.CancelAsync();
        }
    }
}
