using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>A TCP server on 127.0.0.1 for what no HTTP server does: it breaks off where its script says, and counts.</summary>
public sealed class RawApi : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Func<RawConnection, Task> _script;
    private readonly Task _accepting;
    private int _connections;

    /// <param name="script">Speaks on one connection, which is closed when it ends.</param>
    public RawApi(Func<RawConnection, Task> script)
    {
        _script = script;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Connections => Volatile.Read(ref _connections);

    public IReadOnlyList<string> Requests => [.. _requests];

    public int Posts => _requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal));

    public string Url => $"http://{_listener.LocalEndpoint}/form";

    public Dictionary<string, string?> Settings => new() { ["Forms:0:Url"] = Url, ["Forms:0:SubmitUrl"] = Url };

    /// <summary>A whole HTTP answer with this JSON.</summary>
    public static string Json(string json, int status = 200) =>
        $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: "
        + $"{Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                talks.Add(TalkAsync(socket, Interlocked.Increment(ref _connections)));
            }
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(Socket socket, int number)
    {
        using (socket)
        {
            try
            {
                await _script(new RawConnection(socket, number, _requests, _stopping.Token));
            }
            catch (Exception e)
                when (e is OperationCanceledException or SocketException or ObjectDisposedException or EndOfStreamException)
            {
                // The other side went first, or the test is over.
            }
        }
    }
}

/// <summary>One accepted connection of a <see cref="RawApi"/>, numbered from 1.</summary>
public sealed class RawConnection(Socket socket, int number, ConcurrentQueue<string> requests, CancellationToken stopping)
{
    public int Number => number;

    /// <summary>Reads one request to the end of its body and counts it.</summary>
    public async Task<string> ReadRequestAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[4_096];
        while (!IsWhole(text.ToString()))
        {
            var read = await socket.ReceiveAsync(buffer, stopping);
            text.Append(Encoding.Latin1.GetString(buffer, 0, read > 0 ? read : throw new EndOfStreamException()));
        }

        requests.Enqueue(text.ToString());
        return text.ToString();
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await socket.SendAsync(bytes, stopping);

    /// <summary>Ends the connection with a TCP reset.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    /// <summary>Holds the connection open until the test is over.</summary>
    public Task HoldAsync() => Task.Delay(Timeout.Infinite, stopping);

    private static bool IsWhole(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        const string Length = "content-length:";
        var line = text[..end].Split("\r\n").FirstOrDefault(l => l.StartsWith(Length, StringComparison.OrdinalIgnoreCase));
        return text.Length - end - 4 >= (line is null ? 0 : int.Parse(line.AsSpan(Length.Length), provider: null));
    }
}
