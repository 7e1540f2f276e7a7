using McpFunctionApp.Messages;
using McpFunctionApp.Page;
using McpFunctionApp.Sample;
using McpFunctionApp.Sample.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>
/// What a person sees when the server has started: what it is, where it is, what it was given, and what to paste to try
/// it. On the standard output, unless a machine reads the log there.
/// </summary>
internal sealed class StartBanner(WebApplication app)
{
    private readonly TextWriter _output = ConsoleLog.IsForPeople(app.Configuration) ? Console.Out : Console.Error;

    public static void PrintWhenStarted(WebApplication app, bool sample) =>
        app.Lifetime.ApplicationStarted.Register(() => new StartBanner(app).Print(sample));

    public static void PrintSampleWhenStarted(WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(() => new StartBanner(app).PrintSampleAlone());

    private void Print(bool sample)
    {
        var address = AddressOf(app);
        _output.WriteLine(AppVersion.Line);
        PrintFact("MCP endpoint", $"{address}/mcp");
        foreach (var (name, fact) in StartFacts.Of(app.Services))
        {
            PrintFact(name, fact);
        }

        var hasPage = app.Services.GetRequiredService<EndpointOptions>().Page;
        PrintFact("Page", hasPage ? $"{address}/ (open it in a browser)" : "none: Endpoint:Page is false");
        if (app.Services.GetService<Demonstration>() is not null)
        {
            PrintSample(address);
            PrintTokens();
            PrintClients($"{address}/mcp", SampleCallers.All[0].Token);
        }
        else if (sample)
        {
            PrintSample(address, "not offered here: Forms has entries of its own");
        }

        _output.WriteLine("Stop with Ctrl+C.");
    }

    private void PrintSampleAlone()
    {
        _output.WriteLine(AppVersion.Line);
        PrintSample(AddressOf(app));
        PrintTokens();
        _output.WriteLine("Stop with Ctrl+C.");
    }

    private void PrintFact(string name, string fact) => _output.WriteLine($"{name, -17} {fact}");

    private void PrintSample(string address, string? note = null)
    {
        PrintFact("Sample form API", $"{address}/sample/form ({note ?? $"submissions: {address}/sample/requests"})");
        PrintFact("Sample search", $"{address}{SampleElasticsearch.Path}");
        PrintFact("", "A sample for development. Never enable it on a server that others reach.");
    }

    private void PrintTokens()
    {
        _output.WriteLine("Sample tokens");
        foreach (var caller in SampleCallers.All)
        {
            _output.WriteLine($"  {caller.Token, -22} {caller.Shows}");
        }
    }

    private void PrintClients(string endpoint, string token)
    {
        var header = $"Authorization: Bearer {token}";
        _output.WriteLine("Connect a client");
        const string Inspector = "npx @modelcontextprotocol/inspector@2.12.0 --cli";
        var server =
            $"{{\"name\":\"forms\",\"type\":\"http\",\"url\":\"{endpoint}\",\"headers\":{{\"Authorization\":\"Bearer "
            + $"{token}\"}}}}";
        _output.WriteLine($"  MCP Inspector   {Inspector} {endpoint} --transport http --header \"{header}\" --method tools/list");
        _output.WriteLine($"  Claude Code     claude mcp add --transport http forms {endpoint} --header \"{header}\"");
        _output.WriteLine($"  VS Code         code --add-mcp '{server}'");
    }

    private static string AddressOf(WebApplication app)
    {
        var address = app.Urls.FirstOrDefault() ?? "http://localhost";
        return address
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            .Replace("[::]", "localhost", StringComparison.Ordinal)
            .TrimEnd('/');
    }
}
