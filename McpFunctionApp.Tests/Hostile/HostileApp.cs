using System.Text;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Hostile;

/// <summary>One app for a class of tests. After all of them it still serves, and has logged no error.</summary>
public sealed class HostileApp : IAsyncLifetime
{
    public TestApp App { get; private set; } = null!;

    private FakeFormApi Api { get; set; } = null!;

    public async Task InitializeAsync()
    {
        Api = await FakeFormApi.StartAsync();
        Api.ServeFields(Given.Fields);
        App = await TestApp.StartAsync(Api, settings: new() { ["RateLimit:PermitsPerMinute"] = "0" });
    }

    public async Task DisposeAsync()
    {
        await ServesAsync();
        await App.DisposeAsync();
        await Api.DisposeAsync();
        Assert.DoesNotContain(App.Log.Lines, IsTrouble);
    }

    // Kestrel's own category may note a connection that a client broke, down to its exception; its event 67 does so as an
    // error, where it looked for the rest of a body before it had heard that the client was gone.
    private static bool IsTrouble(LogLine line) =>
        (line.Level >= LogLevel.Error && line is not { Category: "Microsoft.AspNetCore.Server.Kestrel", EventId: 67 })
        || (
            line.Category.StartsWith("McpFunctionApp", StringComparison.Ordinal)
            && line.Text.Contains("Exception", StringComparison.Ordinal)
        );

    /// <summary>A normal caller gets a normal answer, in both eras.</summary>
    public async Task ServesAsync()
    {
        Assert.Contains("create_request", (await App.Rpc.ListAsync(Given.Token).WaitAsync(RawCaller.Limit)).ToolNames);
        Assert.Equal(
            "3",
            (await App.Rpc.CallAsync("add", """{"a":1,"b":2}""", Given.Token, true).WaitAsync(RawCaller.Limit)).Text
        );
    }

    internal Task<RawCaller> ConnectAsync() => RawCaller.ConnectAsync(App);

    /// <summary>Sends these bytes on a connection of their own and reads one answer.</summary>
    internal async Task<RawAnswer?> AnswerAsync(string request)
    {
        using var caller = await ConnectAsync();
        await caller.SendAsync(request);
        return await caller.ReadAsync();
    }

    /// <summary>The head of a correct POST, up to its Content-Length.</summary>
    internal static string Head(string framing) =>
        $"POST /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: application/json, text/event-stream\r\nContent-Type: "
        + $"application/json\r\nAuthorization: Bearer {Given.Token}\r\n{framing}\r\n\r\n";

    internal static string Post(string body) => $"{Head($"Content-Length: {Encoding.Latin1.GetByteCount(body)}")}{body}";

    internal static string Ping(int id) => Post($$"""{"jsonrpc":"2.0","id":{{id}},"method":"ping"}""");
}
