using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Search;

/// <summary>The app between a form API that accepts a caller and a server in Elasticsearch's place that answers as a test
/// says.</summary>
internal sealed class SearchRig : IAsyncDisposable
{
    public const string Query = "Zaphod Beeblebrox";
    public const string Hit = """{"_id":"usr-1","_score":7.5,"_source":{"name":"Jane Doe","email":"jane@example.com"}}""";
    public const int Failed = 7000;

    private SearchRig(FakeFormApi forms, FakeFormApi elastic, WatchedApp app, SearchClock clock) =>
        (Forms, Elastic, App, Clock) = (forms, elastic, app, clock);

    public FakeFormApi Forms { get; }

    public FakeFormApi Elastic { get; }

    public WatchedApp App { get; }

    public SearchClock Clock { get; }

    /// <summary>Searches that Elasticsearch was sent.</summary>
    public int Sent => Elastic.Calls.Count;

    public static async Task<SearchRig> StartAsync(Dictionary<string, string?>? settings = null, string? elasticUrl = null)
    {
        var forms = await FakeFormApi.StartAsync();
        forms.ServeFields(Given.Fields);
        var elastic = await FakeFormApi.StartAsync();
        elastic.OnSubmit = context => FakeFormApi.Json(context, Result(1, Hit));
        var all = new Dictionary<string, string?>(settings ?? []) { ["Elasticsearch:Url"] = elasticUrl ?? elastic.Address };
        var clock = new SearchClock();
        return new SearchRig(forms, elastic, await WatchedApp.StartAsync(forms, clock, all), clock);
    }

    public static string Result(long total, string hits) =>
        $$$"""{"took":1,"timed_out":false,"hits":{"total":{"value":{{{total}}},"relation":"eq"},"hits":[{{{hits}}}]}}""";

    public void Serve(string body, int status = 200) => Elastic.OnSubmit = context => FakeFormApi.Json(context, body, status);

    public void Serve(RequestDelegate answer) => Elastic.OnSubmit = context => answer(context);

    public Task<RpcAnswer> SearchAsync(string query = Query, string? token = Given.Token) =>
        App.Rpc.CallAsync("search_users", JsonSerializer.Serialize(new Dictionary<string, string> { ["query"] = query }), token);

    public Task<RpcAnswer> SearchAsync(string entityType, string query, string? token) =>
        App.Rpc.CallAsync(
            "search_entities_by_type",
            JsonSerializer.Serialize(new Dictionary<string, string> { ["entity_type"] = entityType, ["query"] = query }),
            token
        );

    /// <summary>A search that came to nothing: an error with this code, and a log that does not tell what was looked
    /// for.</summary>
    public async Task<RpcAnswer> AssertFailsAsync(string code = "search_unavailable")
    {
        var answer = await SearchAsync();
        Assert.Equal(code, answer.ErrorCode);
        Assert.True(answer.IsError);
        Assert.Null(answer.Result["structuredContent"]);
        AssertQueryIsNotLogged();
        return answer;
    }

    public void AssertQueryIsNotLogged() =>
        Assert.DoesNotContain(App.Log.Lines, line => line.Text.Contains("Beeblebrox", StringComparison.OrdinalIgnoreCase));

    public IReadOnlyList<int> Warnings =>
        [.. App.Log.Lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.EventId)];

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Forms.DisposeAsync();
        await Elastic.DisposeAsync();
    }
}
