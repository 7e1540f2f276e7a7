using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>One call that the fake form API has received.</summary>
public sealed record ApiCall(
    string Method,
    string Path,
    string? Token,
    IHeaderDictionary Headers,
    string Body,
    string Target = ""
);

/// <summary>A real HTTP server on 127.0.0.1 that stands in for a form API: each test says what it answers; every call is
/// kept.</summary>
public sealed class FakeFormApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ApiCall> _calls = new();

    private FakeFormApi(WebApplication app) => _app = app;

    /// <summary>Answers <c>GET /form</c>; by default an empty form.</summary>
    public Func<HttpContext, Task> OnForm { get; set; } = context => Json(context, """{"fieldList":[]}""");

    /// <summary>Answers <c>POST /requests</c>; by default id 4711, status open.</summary>
    public Func<HttpContext, Task> OnSubmit { get; set; } = context => Json(context, """{"id":4711,"status":"open"}""", 201);

    public IReadOnlyList<ApiCall> Calls => [.. _calls];

    public IReadOnlyList<ApiCall> FormCalls => [.. _calls.Where(call => call.Method == "GET")];

    public IReadOnlyList<ApiCall> Submissions => [.. _calls.Where(call => call.Method == "POST")];

    public string Address => _app.Urls.First();

    public string FormUrl => $"{Address}/form";

    public string SubmitUrl => $"{Address}/requests";

    public static async Task<FakeFormApi> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var api = new FakeFormApi(builder.Build());
        api._app.Run(api.HandleAsync);
        await api._app.StartAsync();
        return api;
    }

    /// <summary>Serves these fields to every token, as the text of the fieldList's entries.</summary>
    public void ServeFields(string fields) => OnForm = context => Json(context, $$"""{"fieldList":[{{fields}}]}""");

    /// <summary>Serves each token the fields of its own, and 401 to any other.</summary>
    public void ServeByToken(Func<string, string?> fieldsOf) =>
        OnForm = context =>
            TokenOf(context) is { } token && fieldsOf(token) is { } fields
                ? Json(context, $$"""{"fieldList":[{{fields}}]}""")
                : Json(context, """{"error":"unknown token"}""", 401);

    /// <summary>Serves <see cref="Given.Fields"/> to <see cref="Given.Token"/>, and 401 to any other.</summary>
    public void ServeOneCaller() => ServeByToken(token => token == Given.Token ? Given.Fields : null);

    public static Task Json(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    public static string? TokenOf(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is { Length: > 7 } header ? header[7..] : null;

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        _calls.Enqueue(
            new ApiCall(
                context.Request.Method,
                context.Request.Path,
                TokenOf(context),
                new HeaderDictionary(context.Request.Headers.ToDictionary()),
                body,
                context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget
            )
        );
        await (context.Request.Method == "POST" ? OnSubmit : OnForm)(context);
    }
}
