using McpFunctionApp.Sample.Search;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Sample;

namespace McpFunctionApp.Tests.Search;

/// <summary>The app in front of the sample's Elasticsearch, which everybody may search.</summary>
internal sealed class SampleSearch : IAsyncDisposable
{
    private readonly SampleHost _host;
    private readonly TestApp _app;

    private SampleSearch(SampleHost host, TestApp app) => (_host, _app) = (host, app);

    public TestApp App => _app;

    /// <param name="settings">Below <c>Elasticsearch</c>, such as <c>MinScore</c>.</param>
    public static async Task<SampleSearch> StartAsync(params (string Name, string Value)[] settings)
    {
        var host = await SampleHost.StartAsync();
        var all = new Dictionary<string, string?>
        {
            ["Forms:0:Url"] = host.FormUrl,
            ["Elasticsearch:Url"] = new Uri(host.Http.BaseAddress!, SampleElasticsearch.Path).ToString(),
            ["Elasticsearch:IndexPrefix"] = SampleElasticsearch.IndexPrefix,
            ["Elasticsearch:ApiKey"] = SampleElasticsearch.ApiKey,
            ["Elasticsearch:AllowAnonymous"] = "true",
        };
        foreach (var (name, value) in settings)
        {
            all[$"Elasticsearch:{name}"] = value;
        }

        return new SampleSearch(host, await TestApp.StartAsync(all, new SearchClock()));
    }

    public async Task<SampleFound> FindAsync(string query, string type = "user")
    {
        var arguments = JsonSerializer.Serialize(new Dictionary<string, string> { ["query"] = query, ["entity_type"] = type });
        var answer = await _app.Rpc.CallAsync("search_entities_by_type", arguments);
        Assert.False(answer.IsError, answer.Body);
        var content = answer.Result["structuredContent"]!;
        var hits = content["hits"]!.AsArray();
        Assert.Equal(hits.Count, (int)content["returned"]!);
        return new SampleFound(
            (int)content["total"]!,
            [.. hits.Select(hit => (string)hit!["fields"]!["name"]!)],
            [.. hits.Select(hit => (double)hit!["score"]!)],
            (string?)content["message"]
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _host.DisposeAsync();
    }
}

/// <summary>What a search found, by name.</summary>
internal sealed record SampleFound(int Total, IReadOnlyList<string> Names, IReadOnlyList<double> Scores, string? Message);
