using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using McpFunctionApp.Tests.Endpoint;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Messages;

public sealed class SlowBodyTests
{
    [Fact]
    public async Task A_body_in_pieces_is_served_and_holds_up_nobody()
    {
        await using var app = await ToolApp.StartAsync((_, _) => Task.FromResult("done"));
        var pipe = new Pipe();
        using var request = Post(pipe);
        var calling = app.Rpc.SendAsync(request);
        var body = Encoding.UTF8.GetBytes(Wire.Body("tools/call"));
        for (var sent = 0; sent < body.Length; sent += 40)
        {
            await pipe.Writer.WriteAsync(body.AsMemory(sent, Math.Min(40, body.Length - sent)));
            Assert.Equal("done", (await app.CallToolAsync(true)).Text);
            Assert.False(calling.IsCompleted);
        }

        await pipe.Writer.CompleteAsync();
        Assert.Equal("done", (await calling).Text);
    }

    [Fact]
    public async Task A_body_that_never_ends_is_408_and_no_fault_of_the_server()
    {
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = "http://127.0.0.1:1/form" },
            services: services =>
                services.Configure<KestrelServerOptions>(options =>
                    options.Limits.MinRequestBodyDataRate = new MinDataRate(1_000, TimeSpan.FromSeconds(1.1))
                )
        );
        using var client = new TcpClient();
        await client.ConnectAsync(app.Http.BaseAddress!.Host, app.Http.BaseAddress.Port);
        await client
            .GetStream()
            .WriteAsync(
                (
                    "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nContent-Type: application/json\r\nContent-Length: "u8
                    + "100\r\n\r\n{"u8
                ).ToArray()
            );
        using var reader = new StreamReader(client.GetStream());
        var answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json", answer, StringComparison.Ordinal);
        Assert.Contains("\"id\":null", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Log.Lines, line => line.Level >= LogLevel.Error);
    }

    private static HttpRequestMessage Post(Pipe pipe)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StreamContent(pipe.Reader.AsStream()) };
        request.Headers.TryAddWithoutValidation("Accept", Wire.BothTypes);
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        return request;
    }
}
