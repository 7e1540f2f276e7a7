using System.Globalization;
using System.Text.Json.Nodes;
using McpFunctionApp.Callers;
using McpFunctionApp.Catalog;
using McpFunctionApp.Replies;
using McpFunctionApp.Telemetry;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Admission;

/// <summary>Finds out who is calling and whether they may go on: within their allowance, and with a token where one is asked for.</summary>
public sealed class CallerAdmission(
    CallerReader reader, CallerOptions options, RequestLimiter limiter, RefusalLog refusals, TokenVerifier? verifier = null)
{
    /// <summary>Before anything is looked up, on every message.</summary>
    public async ValueTask<(Caller? Caller, Rejection? Rejection)> EnterAsync(HttpContext context, RequestId id)
    {
        var (caller, limited) = await IdentifyAsync(context, id);
        var challenge = limited is null ? SignIn.OnArrival(options.SignIn.Mode, caller) : null;
        return (caller, limited ?? challenge?.For(context, options.SignIn, id));
    }

    /// <summary>Once the form APIs have been asked.</summary>
    public Rejection? Judge(HttpContext context, Caller? caller, TokenVerdict verdict, RequestId id)
    {
        limiter.Note(caller, verdict);
        return SignIn.OnLookup(options.SignIn.Mode, caller, verdict)?.For(context, options.SignIn, id);
    }

    /// <summary>For a request that means nothing without a token, in any mode.</summary>
    public async ValueTask<(Caller? Caller, Rejection? Rejection)> RequireAsync(HttpContext context)
    {
        var (caller, limited) = await IdentifyAsync(context, default);
        var challenge = limited is null ? SignIn.OnArrival(CallerMode.Challenge, caller) : null;
        var rejection = limited ?? challenge?.For(context, options.SignIn, default);
        if (rejection is not null)
        {
            refusals.Note(rejection.Status, rejection.Message);
        }

        return (caller, rejection);
    }

    /// <returns>The caller with what the authority says of the token; or why the request cannot even be looked at now.</returns>
    private async ValueTask<(Caller? Caller, Rejection? Rejection)> IdentifyAsync(HttpContext context, RequestId id)
    {
        var caller = reader.Read(context.Request.Headers);
        if (limiter.Take(context, caller) is { Ticks: > 0 } wait)
        {
            return (caller, TooMany(context, wait, id));
        }

        if (caller is not null && verifier is not null)
        {
            caller = await verifier.CheckAsync(caller, context.RequestAborted);
            caller = ScopeList.Check(options.SignIn.RequiredScopes, caller);
            limiter.Note(caller, TokenVerdict.None);
        }

        return (caller, null);
    }

    private static Rejection TooMany(HttpContext context, TimeSpan wait, RequestId id)
    {
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = seconds;
        return new Rejection(
            StatusCodes.Status429TooManyRequests, Rejection.InvalidRequest, $"Too many requests: try again in {seconds} s.", id, new JsonObject { ["code"] = ErrorCodes.RateLimited });
    }
}
