using System.Net.Sockets;
using System.Text;

namespace McpFunctionApp.Tests.Hostile;

/// <summary>Strangers on bare connections. What they open stays open until they are disposed, or until the server closes
/// it.</summary>
internal sealed class Attackers(Uri server) : IDisposable
{
    private const int Mebibyte = 1_048_576;

    private static readonly string s_quotes = string.Concat(Enumerable.Repeat("\\\"", 520_000));
    private static readonly byte[] s_echo = Post(
        Message("tools/call", $$$"""{"name":"echo","arguments":{"message":"{{{s_quotes}}}"}}"""),
        null
    );
    private static readonly byte[] s_longId = Post($$"""{"jsonrpc":"2.0","id":"{{s_quotes}}","method":"ping"}""", null);
    private static readonly byte[] s_dense = Post(
        Message(
            "tools/call",
            $$$"""{"name":"add","arguments":{"a":[{{{string.Join(',', Enumerable.Repeat("0", 500_000))}}}]}}"""
        ),
        null
    );
    private static readonly byte[] s_almost =
    [
        .. Head(Mebibyte, null),
        .. Encoding.ASCII.GetBytes(new string(' ', Mebibyte - 1)),
    ];

    private readonly List<TcpClient> _open = [];

    /// <summary>All that can be made at one server at once.</summary>
    public IReadOnlyList<Func<CancellationToken, Task>> All =>
        [AskAndNeverReadAsync, SendAlmostAllAsync, SendMegabytesAsync, MakeTokensUpAsync, KeepFormApiWaitingAsync];

    /// <summary>Large answers are asked for and never read.</summary>
    public Task AskAndNeverReadAsync(CancellationToken until) =>
        CrowdAsync(300, TimeSpan.FromSeconds(5), n => n % 2 == 0 ? s_echo : s_longId, until);

    /// <summary>A megabyte less one byte is sent, and nothing more.</summary>
    public Task SendAlmostAllAsync(CancellationToken until) => CrowdAsync(600, TimeSpan.FromSeconds(60), _ => s_almost, until);

    /// <summary>40 megabytes a second of what is costly to parse.</summary>
    public Task SendMegabytesAsync(CancellationToken until) => CrowdAsync(20, TimeSpan.FromSeconds(0.5), _ => s_dense, until);

    /// <summary>Made-up tokens forget their forms and list, 250 at once.</summary>
    public Task MakeTokensUpAsync(CancellationToken until) =>
        CrowdAsync(
            250,
            TimeSpan.FromSeconds(2),
            n =>
                n % 2 == 0
                    ? Line("DELETE /cache/me", $"made-up-{Guid.NewGuid():N}")
                    : Post(Message("tools/list", "{}"), $"made-up-{Guid.NewGuid():N}"),
            until
        );

    /// <summary>Tokens whose check used to throw.</summary>
    public Task SendOddTokensAsync(CancellationToken until) =>
        CrowdAsync(
            100,
            TimeSpan.FromSeconds(1),
            n =>
                Post(
                    Message("tools/list", "{}"),
                    $"{Encode("""{"alg":"RS256","kid":null}""")}.{Encode($$"""{"n":{{n}},"g":"{{Guid.NewGuid():N}}"}""")}.AAAA"
                ),
            until
        );

    /// <summary>Made-up tokens at a form API that does not answer them.</summary>
    public Task KeepFormApiWaitingAsync(CancellationToken until) =>
        CrowdAsync(100, TimeSpan.FromSeconds(3), _ => Post(Message("tools/list", "{}"), $"hanging-{Guid.NewGuid():N}"), until);

    public void Dispose()
    {
        lock (_open)
        {
            _open.ForEach(client => client.Dispose());
        }
    }

    private async Task CrowdAsync(int count, TimeSpan every, Func<int, byte[]> bytes, CancellationToken until)
    {
        var mine = new List<TcpClient>();
        while (!until.IsCancellationRequested)
        {
            mine.ForEach(client => client.Dispose());
            mine = [.. Enumerable.Range(0, count).Select(_ => new TcpClient { NoDelay = true, ReceiveBufferSize = 4_096 })];
            lock (_open)
            {
                _open.AddRange(mine);
            }

            var sending = Task.WhenAll(mine.Select((client, n) => SendAsync(client, bytes(n), until)));
            await Task.WhenAny(Task.WhenAll(sending, DelayAsync(every, until)), DelayAsync(TimeSpan.FromMinutes(10), until));
        }
    }

    private async Task SendAsync(TcpClient client, byte[] bytes, CancellationToken until)
    {
        try
        {
            await client.ConnectAsync(server.Host, server.Port, until);
            await client.GetStream().WriteAsync(bytes, until);
        }
        catch (Exception e)
            when (e
                    is IOException
                        or SocketException
                        or OperationCanceledException
                        or ObjectDisposedException
                        or InvalidOperationException
            )
        {
            // The server does not want it.
        }
    }

    private static async Task DelayAsync(TimeSpan time, CancellationToken until) =>
        await Task.Delay(time, until).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static string Message(string method, string parameters) =>
        $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""";

    private static byte[] Post(string body, string? token) => [.. Head(body.Length, token), .. Encoding.ASCII.GetBytes(body)];

    private static byte[] Head(int length, string? token) =>
        Encoding.ASCII.GetBytes(
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: application/json, text/event-stream\r\nContent-Type: "
                + "application/json\r\n"
                + $"{(token is null ? "" : $"Authorization: Bearer {token}\r\n")}Content-Length: {length}\r\n\r\n"
        );

    private static byte[] Line(string line, string token) =>
        Encoding.ASCII.GetBytes($"{line} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n");

    private static string Encode(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
