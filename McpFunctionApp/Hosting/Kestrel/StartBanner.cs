using McpFunctionApp.Sample;
using Microsoft.AspNetCore.Builder;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>What a person sees when the server has started: where it is, and what to paste to try it.</summary>
internal static class StartBanner
{
    public static void PrintWhenStarted(WebApplication app, bool sample) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var address = AddressOf(app);
        Console.WriteLine($"MCP endpoint      {address}/mcp");
        if (sample)
        {
            PrintSample(address);
            PrintClients($"{address}/mcp", SampleCallers.All[0].Token);
        }

        Console.WriteLine("Stop with Ctrl+C.");
    });

    public static void PrintSampleWhenStarted(WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        PrintSample(AddressOf(app));
        Console.WriteLine("Stop with Ctrl+C.");
    });

    private static void PrintSample(string address)
    {
        Console.WriteLine($"Sample form API   {address}/sample/form (submissions: {address}/sample/requests)");
        Console.WriteLine($"Sample search     {address}{SampleElasticsearch.Path}");
        Console.WriteLine("                  A sample for development. Never enable it on a server that others reach.");
        Console.WriteLine("Sample tokens");
        foreach (var caller in SampleCallers.All)
        {
            Console.WriteLine($"  {caller.Token,-22} {caller.Shows}");
        }
    }

    private static void PrintClients(string endpoint, string token)
    {
        var header = $"Authorization: Bearer {token}";
        Console.WriteLine("Connect a client");
        Console.WriteLine($"  MCP Inspector   npx @modelcontextprotocol/inspector@2.12.0 --cli {endpoint} --transport http --header \"{header}\" --method tools/list");
        Console.WriteLine($"  Claude Code     claude mcp add --transport http forms {endpoint} --header \"{header}\"");
        Console.WriteLine($"  VS Code         code --add-mcp '{{\"name\":\"forms\",\"type\":\"http\",\"url\":\"{endpoint}\",\"headers\":{{\"Authorization\":\"Bearer {token}\"}}}}'");
    }

    private static string AddressOf(WebApplication app)
    {
        var address = app.Urls.FirstOrDefault() ?? "http://localhost";
        return address.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal).TrimEnd('/');
    }
}
