using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;

namespace McpFunctionApp.Callers.Exchange;

/// <summary>
/// Which token a form API is given for a caller: the caller's own, or where the form has an exchange, one that the
/// authority gave for it. Those are kept in memory alone, in bounded space; one question is under way per caller and form.
/// </summary>
/// <param name="failureTtl">How long a failure is remembered where the authority does not say.</param>
public sealed class FormTokens(TimeSpan failureTtl, ExchangeLog log, TimeProvider time, TokenExchange? exchange = null)
    : IDisposable
{
    // In characters, each two bytes: 32 MiB.
    private const int MaxCharacters = 16 * 1_048_576;
    private const int FailureCharacters = 512;

    // So that a token is not sent when it ends on its way, or by a clock that runs ahead.
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(60);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MaxCharacters });
    private readonly ConcurrentDictionary<Key, Lazy<Task<Known>>> _flights = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <param name="options">Null where the form takes the caller's own token.</param>
    /// <exception cref="OperationCanceledException">This caller gave up waiting; the question goes on for the others.</exception>
    public ValueTask<FormSender> GetAsync(ExchangeOptions? options, Caller caller, CancellationToken cancellationToken)
    {
        if (options is null)
        {
            return new(new FormSender(caller, null));
        }

        if (!caller.IsVerified || exchange is null)
        {
            return new(new FormSender(caller, new ExchangeFailure(ExchangeTrouble.Rejected, "the token was not verified here")));
        }

        var key = new Key(caller.Fingerprint, options.Section);
        return Find(key) is { } known ? new(known.For(caller)) : new(JoinAsync(key, options, caller, cancellationToken));
    }

    /// <summary>The form API did not accept this sender's token: another one is asked for next time.</summary>
    /// <returns>Whether that can give another one: a caller's own token stays what it is.</returns>
    public bool Drop(ExchangeOptions? options, Caller sender)
    {
        if (options is null)
        {
            return false;
        }

        var key = new Key(sender.Fingerprint, options.Section);
        if (Find(key) is { } known && known.Token == sender.Token)
        {
            _kept.Remove(key);
        }

        return true;
    }

    /// <summary>Gives up what is under way.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _kept.Dispose();
    }

    private Known? Find(Key key) => _kept.TryGetValue(key, out Known? known) && time.GetUtcNow() < known!.End ? known : null;

    private async Task<FormSender> JoinAsync(Key key, ExchangeOptions options, Caller caller, CancellationToken cancellationToken)
    {
        // Not on the first caller's thread, which may have to stop waiting before the others do.
        var flight = _flights.GetOrAdd(
            key,
            _ => new Lazy<Task<Known>>(() => Task.Run(() => FlyAsync(key, options, caller), CancellationToken.None))
        );
        return (await flight.Value.WaitAsync(cancellationToken)).For(caller);
    }

    private async Task<Known> FlyAsync(Key key, ExchangeOptions options, Caller caller)
    {
        try
        {
            // Another flight may have landed between the look into memory and this one's start.
            return Find(key) ?? Keep(key, caller, options, await exchange!.AskAsync(options, caller, _stopping.Token));
        }
        finally
        {
            _flights.TryRemove(key, out _);
        }
    }

    private Known Keep(Key key, Caller caller, ExchangeOptions options, ExchangeAnswer answer)
    {
        log.Note(options, caller, answer.Failure);
        var now = time.GetUtcNow();
        var end = answer.Failure is { } failure
            ? now + (failure.RetryAfter ?? failureTtl)
            : EndOf(now + answer.Life - s_margin, caller.ExpiresAt);
        var known = new Known(answer.Token, answer.Failure, end);
        if (end > now)
        {
            _kept.Set(
                key,
                known,
                new MemoryCacheEntryOptions
                {
                    Size = FailureCharacters + (known.Token?.Length ?? 0),
                    AbsoluteExpirationRelativeToNow = end - now,
                }
            );
        }

        return known;
    }

    private static DateTimeOffset EndOf(DateTimeOffset own, DateTimeOffset? subjects) => subjects < own ? subjects.Value : own;

    private sealed record Key(string Fingerprint, string Form);

    private sealed record Known(string? Token, ExchangeFailure? Failure, DateTimeOffset End)
    {
        public FormSender For(Caller caller) => new(Token is null ? caller : caller.SendingAs(Token), Failure);

        public override string ToString() => Failure?.Reason ?? "a token";
    }
}

/// <summary>Who asks a form API: the caller with the token that it is given, or why there is none to give.</summary>
/// <param name="Caller">Not to be sent anywhere where there is a failure.</param>
public sealed record FormSender(Caller Caller, ExchangeFailure? Failure);
