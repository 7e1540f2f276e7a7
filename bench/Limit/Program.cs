using System.IO.Pipelines;
using System.Text.Json;
using Bench.Limit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

// The limit: Kestrel alone, which parses the JSON-RPC message and writes the kept bytes of the product's own answer.
// Arguments: the address to listen on, the answers of the handshake revisions and of 2026-07-28.
var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Error);
builder.WebHost.UseKestrelCore().UseUrls(args[0]).ConfigureKestrel(options => options.AddServerHeader = false);
var handshake = new CachedAnswer(await File.ReadAllBytesAsync(args[1]));
var perRequest = new CachedAnswer(await File.ReadAllBytesAsync(args[2]));

await using var app = builder.Build();
app.Run(AnswerAsync);
await app.RunAsync();

async Task AnswerAsync(HttpContext context)
{
    var id = await ReadIdAsync(context.Request.BodyReader);
    var answer = context.Request.Headers["MCP-Protocol-Version"] == "2026-07-28" ? perRequest : handshake;
    context.Response.ContentType = "application/json";
    var writer = context.Response.BodyWriter;
    var length = answer.Write(writer, id);
    context.Response.ContentLength = length;
    writer.Advance(length);
    await writer.FlushAsync();
}

static async ValueTask<long> ReadIdAsync(PipeReader reader)
{
    var read = await reader.ReadAsync();
    while (!read.IsCompleted)
    {
        reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        read = await reader.ReadAsync();
    }

    // The document reads from the buffer, which is the reader's again once it has advanced.
    using var message = JsonDocument.Parse(read.Buffer);
    var id = message.RootElement.GetProperty("id").GetInt64();
    var isList = message.RootElement.GetProperty("method").ValueEquals("tools/list"u8);
    reader.AdvanceTo(read.Buffer.End);
    return isList ? id : throw new NotSupportedException("The limit answers tools/list alone.");
}
