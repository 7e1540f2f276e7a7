using System.Globalization;
using System.Text.Json.Nodes;
using McpFunctionApp.Callers;
using McpFunctionApp.Catalog;
using McpFunctionApp.Replies;
using McpFunctionApp.Telemetry;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Admission;

/// <summary>Finds out who is calling and whether they may go on: within their allowance, and with a token where one is asked
/// for.</summary>
public sealed class CallerAdmission(
    CallerReader reader,
    CallerOptions options,
    RequestLimiter limiter,
    RefusalLog refusals,
    TokenVerifier? verifier = null
)
{
    /// <summary>By the headers alone, before anything of the body is read or anybody is asked: takes from the
    /// allowance.</summary>
    public (Caller? Caller, Rejection? Rejection) Arrive(HttpContext context) => Arrive(context, options.SignIn.Mode);

    /// <summary>Takes from the allowance for a body whose length was not announced.</summary>
    public void Spend(HttpContext context, Caller? caller, int bytes) => limiter.Spend(context, caller, bytes);

    /// <summary>What the authority says of the token, where one is asked.</summary>
    /// <returns>The caller with its standing; and how to ask for another token, where this one was refused and the mode says
    /// so.</returns>
    public ValueTask<(Caller? Caller, Challenge? Challenge)> VerifyAsync(Caller? caller, CancellationToken cancellationToken) =>
        VerifyAsync(caller, options.SignIn.Mode, cancellationToken);

    public Rejection Refuse(HttpContext context, Challenge challenge, RequestId id) => challenge.For(context, options.SignIn, id);

    /// <summary>Once the form APIs have been asked.</summary>
    public Rejection? Judge(HttpContext context, Caller? caller, TokenVerdict verdict, RequestId id)
    {
        limiter.Note(caller, verdict);
        return SignIn.OnLookup(options.SignIn.Mode, caller, verdict)?.For(context, options.SignIn, id);
    }

    /// <summary>For a request that means nothing without a token, in any mode.</summary>
    public async ValueTask<(Caller? Caller, Rejection? Rejection)> RequireAsync(HttpContext context)
    {
        var (caller, rejection) = await LetInAsync(context);
        if (rejection is not null)
        {
            refusals.Note(rejection.Status, rejection.Message);
        }

        return (caller, rejection);
    }

    private async ValueTask<(Caller? Caller, Rejection? Rejection)> LetInAsync(HttpContext context)
    {
        var (caller, rejection) = Arrive(context, CallerMode.Challenge);
        if (rejection is not null)
        {
            return (caller, rejection);
        }

        (caller, var challenge) = await VerifyAsync(caller, CallerMode.Challenge, context.RequestAborted);
        return (caller, challenge?.For(context, options.SignIn, default));
    }

    private async ValueTask<(Caller? Caller, Challenge? Challenge)> VerifyAsync(
        Caller? caller,
        CallerMode mode,
        CancellationToken cancellationToken
    )
    {
        if (caller is null || verifier is null)
        {
            return (caller, null);
        }

        caller = ScopeList.Check(options.SignIn.RequiredScopes, await verifier.CheckAsync(caller, cancellationToken));
        limiter.Note(caller, TokenVerdict.None);
        return (caller, SignIn.OnArrival(mode, caller));
    }

    private (Caller? Caller, Rejection? Rejection) Arrive(HttpContext context, CallerMode mode)
    {
        var caller = reader.Read(context.Request.Headers);
        return limiter.Take(context, caller) is { Ticks: > 0 } wait
            ? (caller, TooMany(wait))
            : (caller, SignIn.OnArrival(mode, caller)?.For(context, options.SignIn, default));
    }

    private static Rejection TooMany(TimeSpan wait) =>
        new(
            StatusCodes.Status429TooManyRequests,
            Rejection.InvalidRequest,
            string.Create(CultureInfo.InvariantCulture, $"Too many requests: try again in {Math.Ceiling(wait.TotalSeconds)} s."),
            default,
            new JsonObject { ["code"] = ErrorCodes.RateLimited }
        )
        {
            RetryAfter = wait,
        };
}
