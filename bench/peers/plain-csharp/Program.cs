using Bench.Peers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

// What a plain C# server does: the SDK's ASP.NET Core package on Kestrel, stateless.
// Arguments: the address to listen on, and the file with the tools to list.
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions());
builder.Logging.SetMinimumLevel(LogLevel.Error);
builder.WebHost.UseUrls(args[0]);
var tools = await File.ReadAllBytesAsync(args[1]);
builder.Services.AddMcpServer(options => SameTools.Set(options, tools)).WithHttpTransport(http => http.Stateless = true);

await using var app = builder.Build();
app.MapMcp("/mcp");
await app.RunAsync();
