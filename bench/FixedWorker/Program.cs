using Bench.FixedWorker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// What an isolated worker costs by itself: one function, which answers the bytes of the file that BENCH_ANSWER names.
var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
var file = Environment.GetEnvironmentVariable("BENCH_ANSWER")!;
builder.Services.AddSingleton(new FixedAnswer(await File.ReadAllBytesAsync(file)));
await builder.Build().RunAsync();
