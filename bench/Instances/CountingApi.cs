using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Bench.Instances;

/// <summary>A form API that counts each caller's calls, and whose form says which edition it is.</summary>
internal sealed class CountingApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private int _edition;

    private CountingApi(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.First()}/form";

    public int Calls => _calls.Values.Sum();

    /// <summary>The most calls that one caller has made.</summary>
    public int MostOfOne => _calls.Values.Max();

    /// <summary>The name of the only parameter of the form that is served now.</summary>
    public string Parameter => $"edition_{Volatile.Read(ref _edition)}";

    public static async Task<CountingApi> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var api = new CountingApi(builder.Build());
        api._app.Run(api.AnswerAsync);
        await api._app.StartAsync();
        return api;
    }

    public void BeginEdition() => Interlocked.Increment(ref _edition);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        _calls.AddOrUpdate(context.Request.Headers.Authorization.ToString(), 1, (_, before) => before + 1);

        // As far away as a form API may be, so that questions of several instances can overlap.
        await Task.Delay(20);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            $$"""{"fieldList":[{"name":"Subject","paramName":"{{Parameter}}","type":"TextFieldRest"}]}"""
        );
    }
}
