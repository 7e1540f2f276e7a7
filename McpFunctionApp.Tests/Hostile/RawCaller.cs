using System.Net.Sockets;
using System.Text;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hostile;

/// <summary>One HTTP answer, read from the wire.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonElement.Parse(Body);

    public override string ToString() => $"{Status} {Text}";
}

/// <summary>A bare TCP client of the app: sends any bytes, reads HTTP answers, and ends its connection in any way.</summary>
internal sealed class RawCaller : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client = new();
    private NetworkStream _stream = null!;
    private byte[] _received = new byte[4_096];
    private int _count;

    public static async Task<RawCaller> ConnectAsync(TestApp app)
    {
        var caller = new RawCaller();
        await caller._client.ConnectAsync(app.Endpoint.Host, app.Endpoint.Port);
        caller._client.NoDelay = true;
        caller._stream = caller._client.GetStream();
        return caller;
    }

    /// <returns>False where the server has closed the connection meanwhile.</returns>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await _stream.WriteAsync(bytes, limit.Token);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public Task<bool> SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <returns>The next final answer; null where the connection ended without another one.</returns>
    /// <exception cref="OperationCanceledException">Neither came in time.</exception>
    public async Task<RawAnswer?> ReadAsync(TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? Limit);
        while (true)
        {
            if (await UntilAsync(() => IndexOf("\r\n\r\n"u8), limit.Token) is not { } end)
            {
                return null;
            }

            var lines = Encoding.Latin1.GetString(Take(end + 4)).Split("\r\n");
            var status = int.Parse(lines[0].AsSpan(9, 3), provider: null);
            var headers = lines[1..]
                .Where(line => line.Length > 0)
                .Select(line => line.Split(": ", 2))
                .GroupBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
                .ToDictionary(
                    group => group.Key,
                    group => string.Join(", ", group.Select(pair => pair[1])),
                    StringComparer.OrdinalIgnoreCase
                );
            if (status >= 200)
            {
                return new RawAnswer(status, headers, await BodyAsync(headers, limit.Token));
            }
        }
    }

    /// <summary>Says that nothing more will be sent, and goes on reading.</summary>
    public void HalfClose()
    {
        try
        {
            _client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server was faster.
        }
    }

    /// <summary>Goes away with a TCP reset.</summary>
    public void Reset()
    {
        _client.Client.LingerState = new LingerOption(true, 0);
        _client.Close();
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> BodyAsync(Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        if (headers.TryGetValue("Content-Length", out var length))
        {
            var wanted = int.Parse(length, provider: null);
            return Take(
                await UntilAsync(() => _count >= wanted ? wanted : null, cancellationToken)
                    ?? throw new EndOfStreamException("a body broke off")
            );
        }

        if (!headers.ContainsKey("Transfer-Encoding"))
        {
            return [];
        }

        using var body = new MemoryStream();
        while (true)
        {
            var line =
                await UntilAsync(() => IndexOf("\r\n"u8), cancellationToken)
                ?? throw new EndOfStreamException("a chunk broke off");
            var size = int.Parse(
                Encoding.Latin1.GetString(Take(line + 2)).TrimEnd(),
                System.Globalization.NumberStyles.HexNumber,
                provider: null
            );
            _ =
                await UntilAsync(() => _count >= size + 2 ? size : null, cancellationToken)
                ?? throw new EndOfStreamException("a chunk broke off");
            body.Write(Take(size + 2), 0, size);
            if (size == 0)
            {
                return body.ToArray();
            }
        }
    }

    private async Task<int?> UntilAsync(Func<int?> found, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (found() is { } place)
            {
                return place;
            }

            if (_count == _received.Length)
            {
                Array.Resize(ref _received, 2 * _count);
            }

            try
            {
                var read = await _stream.ReadAsync(_received.AsMemory(_count), cancellationToken);
                _count += read;
                if (read == 0)
                {
                    return null;
                }
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    private int? IndexOf(ReadOnlySpan<byte> wanted) =>
        _received.AsSpan(0, _count).IndexOf(wanted) is >= 0 and var place ? place : null;

    private byte[] Take(int count)
    {
        var taken = _received[..count];
        _received.AsSpan(count, _count - count).CopyTo(_received);
        _count -= count;
        return taken;
    }
}
