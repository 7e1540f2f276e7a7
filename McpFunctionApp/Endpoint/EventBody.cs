using Microsoft.AspNetCore.Http.Features;

namespace McpFunctionApp.Endpoint;

/// <summary>
/// The body of a response whose client takes server-sent events and nothing else: an answer that is written as JSON
/// goes out as one event. What already is a stream of events passes as it is.
/// </summary>
internal sealed class EventBody : Stream
{
    private static readonly byte[] s_start = "event: message\ndata: "u8.ToArray();
    private static readonly byte[] s_end = "\n\n"u8.ToArray();

    private readonly HttpContext _context;
    private readonly Stream _inner;
    private bool _hasBegun;
    private bool _isFramed;

    private EventBody(HttpContext context) => (_context, _inner) = (context, context.Response.Body);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Runs what answers, and ends the event that its answer became.</summary>
    public static async Task RunAsync(HttpContext context, Func<HttpContext, Task> answer)
    {
        var before = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var body = new EventBody(context);
        var feature = new StreamResponseBodyFeature(body, before);
        context.Features.Set<IHttpResponseBodyFeature>(feature);
        try
        {
            await answer(context);
            if (!context.RequestAborted.IsCancellationRequested)
            {
                await feature.Writer.FlushAsync();
                await body.EndAsync();
            }
        }
        finally
        {
            context.Features.Set(before);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0)
        {
            return;
        }

        if (!_hasBegun)
        {
            _hasBegun = true;
            await BeginAsync(cancellationToken);
        }

        await _inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        _hasBegun ? _inner.FlushAsync(cancellationToken) : Task.CompletedTask;

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>The head is not sent yet, and says what it is that comes.</summary>
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var response = _context.Response;
        _isFramed = response.ContentType == "application/json";
        if (_isFramed)
        {
            response.ContentType = "text/event-stream";
            response.ContentLength = null;
            response.Headers.CacheControl = "no-store";
            response.Headers["X-Accel-Buffering"] = "no";
            await _inner.WriteAsync(s_start, cancellationToken);
        }
    }

    private async Task EndAsync()
    {
        if (_isFramed)
        {
            await _inner.WriteAsync(s_end);
        }
    }
}
