using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Bench.Load;

/// <summary>
/// The form API behind the product, in this process: the sample's technician form for every token; for tokens that begin
/// with <c>own</c>, with one description that no other caller's form has.
/// </summary>
internal sealed class FormApi : IAsyncDisposable
{
    private const string Own = "@own@";

    private readonly WebApplication _app;
    private readonly byte[] _form;
    private readonly string[] _ownForm;
    private int _calls;

    private FormApi(WebApplication app, byte[] form)
    {
        _app = app;
        _form = form;
        var own = JsonNode.Parse(form)!;
        own["fieldList"]![0]!["description"] = Own;
        _ownForm = own.ToJsonString().Split(Own);
    }

    /// <summary>How far away the API is.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Answers 503 to everybody.</summary>
    public bool IsDown { get; set; }

    public string Url => $"{_app.Urls.First()}/form";

    /// <summary>The calls since this was last asked.</summary>
    public int TakeCalls() => Interlocked.Exchange(ref _calls, 0);

    public static async Task<FormApi> StartAsync(byte[] form)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var api = new FormApi(builder.Build(), form);
        api._app.Run(api.AnswerAsync);
        await api._app.StartAsync();
        return api;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _calls);
        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay);
        }

        var token = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
        context.Response.StatusCode = IsDown ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(IsDown ? "{}"u8.ToArray() : FormOf(token));
    }

    private byte[] FormOf(string token) =>
        token.StartsWith("own", StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(string.Join(token, _ownForm)) : _form;
}
