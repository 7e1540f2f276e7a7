using McpFunctionApp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;

namespace Bench.Micro;

/// <summary>The product's services without a server around them.</summary>
internal static class ProductInMemory
{
    /// <summary>The environment variable with the form API's address.</summary>
    public const string FormUrl = "BENCH_FORM_URL";

    public static ServiceProvider Create(string formUrl)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Forms:0:Url"] = formUrl,
                    ["Schemas:TtlSeconds"] = "86400",
                    ["RateLimit:PermitsPerMinute"] = "0",
                }
            )
            .Build();
        return new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
            .AddSingleton<IConfiguration>(settings)
            .AddSingleton<IHostApplicationLifetime, ApplicationLifetime>()
            .AddMcpFunctionApp(settings)
            .BuildServiceProvider();
    }
}
