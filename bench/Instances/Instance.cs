using McpFunctionApp;
using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Schemas;
using McpFunctionApp.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;

namespace Bench.Instances;

/// <summary>The product's forms as one instance of it has them: a memory of its own, and the table that all share.</summary>
internal sealed class Instance : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly FormOptions _form;

    public Instance(string formUrl, string table, TimeProvider time)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Forms:0:Url"] = formUrl, ["TableStorage"] = table })
            .Build();
        _services = new ServiceCollection()
            .AddLogging(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning))
            .AddSingleton(time)
            .AddSingleton<IConfiguration>(settings)
            .AddSingleton<IHostApplicationLifetime, ApplicationLifetime>()
            .AddMcpFunctionApp(settings)
            .BuildServiceProvider();
        Schemas = _services.GetRequiredService<FormSchemas>();
        Options = _services.GetRequiredService<SchemaOptions>();
        _form = _services.GetRequiredService<IReadOnlyList<FormOptions>>()[0];
    }

    public FormSchemas Schemas { get; }

    public SchemaOptions Options { get; }

    /// <returns>The name of the form's only parameter.</returns>
    /// <exception cref="InvalidOperationException">There is no form.</exception>
    public async Task<string> AskAsync(Caller caller)
    {
        var outcome = await Schemas.GetAsync(_form, caller, CancellationToken.None);
        return outcome.Schema?.Properties[0].Key ?? throw new InvalidOperationException($"No form: {outcome.Detail}");
    }

    /// <summary>Waits for the writes that the answers did not wait for.</summary>
    public Task DrainAsync() => _services.GetRequiredService<TableWrites>().DrainAsync(CancellationToken.None);

    public void Dispose() => _services.Dispose();
}
