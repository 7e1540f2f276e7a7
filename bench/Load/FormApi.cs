using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Bench.Load;

/// <summary>
/// The form API behind the product, in this process: the sample's technician form for every token; for tokens that begin
/// with <c>own</c>, with a name in a default and a description that no other caller's form has; for those that begin with
/// <c>options</c>, with options of which no other caller's form has any; for those that begin with <c>group-NUMBER-</c>, with a
/// description that the group has; and for those that begin with <c>small</c>, a form of one field.
/// </summary>
internal sealed class FormApi : IAsyncDisposable
{
    private static readonly byte[] s_small =
        """{"fieldList":[{"name":"Subject","paramName":"subject","type":"TextFieldRest"}]}"""u8.ToArray();

    private readonly WebApplication _app;
    private readonly byte[] _form;
    private readonly FormTemplate _own;
    private readonly FormTemplate _options;
    private readonly FormTemplate _group;
    private int _calls;
    private int _atOnce;
    private int _mostAtOnce;

    private FormApi(WebApplication app, byte[] form)
    {
        _app = app;
        _form = form;
        (_own, _options, _group) = (FormTemplate.Own(form), FormTemplate.Options(form), FormTemplate.Group(form));
    }

    /// <summary>How far away the API is.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Answers 503 to everybody.</summary>
    public bool IsDown { get; set; }

    public string Url => $"{_app.Urls.First()}/form";

    /// <summary>The calls since this was last asked.</summary>
    public int TakeCalls() => Interlocked.Exchange(ref _calls, 0);

    /// <summary>The most calls that were under way at the same moment since this was last asked.</summary>
    public int TakeMostAtOnce() => Interlocked.Exchange(ref _mostAtOnce, 0);

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
        NoteAtOnce(Interlocked.Increment(ref _atOnce));
        try
        {
            if (Delay > TimeSpan.Zero)
            {
                await Task.Delay(Delay);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }

        var token = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
        context.Response.StatusCode = IsDown ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(IsDown ? "{}"u8.ToArray() : FormOf(token));
    }

    private void NoteAtOnce(int count)
    {
        for (var most = _mostAtOnce; count > most; most = _mostAtOnce)
        {
            Interlocked.CompareExchange(ref _mostAtOnce, count, most);
        }
    }

    private byte[] FormOf(string token) =>
        token.StartsWith("own", StringComparison.Ordinal) ? _own.Of(NumberIn(token))
        : token.StartsWith("options", StringComparison.Ordinal) ? _options.Of(NumberIn(token))
        : token.StartsWith("group-", StringComparison.Ordinal) ? _group.Of(token[..token.LastIndexOf('-')])
        : token.StartsWith("small", StringComparison.Ordinal) ? s_small
        : _form;

    private static string NumberIn(string token) => token[(token.LastIndexOf('-') + 1)..];
}
