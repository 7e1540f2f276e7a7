using McpFunctionApp.Tests.Hostile;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Fuzz;

/// <summary>An app to send one request after another to: each answer and each line of the log is judged.</summary>
internal sealed class FuzzTarget : IAsyncDisposable
{
    private static readonly TimeSpan s_generous = TimeSpan.FromSeconds(10);

    private readonly FakeFormApi _api;
    private readonly TestApp _app;
    private readonly LogWatch _watch;
    private RawCaller? _caller;

    private FuzzTarget(FakeFormApi api, TestApp app, LogWatch watch)
    {
        _api = api;
        _app = app;
        _watch = watch;
    }

    public static async Task<FuzzTarget> StartAsync()
    {
        var api = await FakeFormApi.StartAsync();
        api.ServeByToken(token => token == Given.Token ? FuzzMessages.Fields : null);
        var watch = new LogWatch(Given.Token);
        var settings = new Dictionary<string, string?>
        {
            ["Forms:0:SubmitUrl"] = api.SubmitUrl,
            ["RateLimit:PermitsPerMinute"] = "0",
        };
        return new FuzzTarget(
            api,
            await TestApp.StartAsync(api, null, settings, services => services.AddSingleton<ILoggerProvider>(watch)),
            watch
        );
    }

    /// <returns>What was wrong; null where all was well.</returns>
    public async Task<string?> TryAsync(FuzzRequest request)
    {
        _watch.Complaint = null;
        try
        {
            return (request.IsClear ? await AskAsync(request) : await HurlAsync(request)) ?? _watch.Complaint;
        }
        catch (OperationCanceledException)
        {
            Forget();
            return $"no answer within {s_generous.TotalSeconds:0} s";
        }
        catch (EndOfStreamException e)
        {
            // A failure like any other: with its request, and made smaller.
            Forget();
            return $"the answer broke off: {e.Message}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        Forget();
        await _app.DisposeAsync();
        await _api.DisposeAsync();
    }

    /// <summary>One clear request has exactly one answer.</summary>
    private async Task<string?> AskAsync(FuzzRequest request)
    {
        var isFresh = _caller is null;
        _caller ??= await RawCaller.ConnectAsync(_app);
        var sent = await _caller.SendAsync(request.ToBytes());
        if ((sent ? await _caller.ReadAsync(s_generous) : null) is not { } answer)
        {
            Forget();
            return isFresh ? "no answer, but the end of the connection" : await AskAsync(request);
        }

        if (answer.Headers.ContainsKey("Connection"))
        {
            Forget();
        }

        return FuzzRules.Broken(request, answer) is { } broken ? $"{broken}: {answer}" : null;
    }

    /// <summary>What is no clear request may have any number of answers, but the connection ends.</summary>
    private async Task<string?> HurlAsync(FuzzRequest request)
    {
        using var caller = await RawCaller.ConnectAsync(_app);
        await caller.SendAsync(request.ToBytes());
        caller.HalfClose();
        while (await caller.ReadAsync(s_generous) is { } answer)
        {
            if (FuzzRules.Broken(request, answer) is { } broken)
            {
                return $"{broken}: {answer}";
            }
        }

        return null;
    }

    private void Forget()
    {
        _caller?.Dispose();
        _caller = null;
    }
}
