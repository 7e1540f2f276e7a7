using BenchmarkDotNet.Attributes;
using McpFunctionApp.Endpoint;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bench.Micro;

/// <summary>What a warm list allocates: the product's endpoint against the SDK's server, both driven in memory.</summary>
[MemoryDiagnoser]
public class ListBenchmark
{
    private ServiceProvider? _services;
    private McpEndpoint? _product;
    private SdkEndpoint? _sdk;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _services = ProductInMemory.Create(Environment.GetEnvironmentVariable(ProductInMemory.FormUrl)!);
        _product = _services.GetRequiredService<McpEndpoint>();
        _sdk = new SdkEndpoint(_services, InMemoryRequest.AnswerOf(await ProductAsync()));
    }

    [GlobalCleanup]
    public void Cleanup() => _services?.Dispose();

    /// <summary>What both have in common, and what is taken off both.</summary>
    [Benchmark]
    public HttpContext Request() => InMemoryRequest.List(_services!);

    [Benchmark(Baseline = true)]
    public async Task<HttpContext> SdkAsync()
    {
        var context = InMemoryRequest.List(_services!);
        await _sdk!.HandleAsync(context);
        return context;
    }

    [Benchmark]
    public async Task<HttpContext> ProductAsync()
    {
        var context = InMemoryRequest.List(_services!);
        await _product!.HandleAsync(context);
        return context;
    }
}
