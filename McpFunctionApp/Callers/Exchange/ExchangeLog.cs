using System.Collections.Concurrent;

namespace McpFunctionApp.Callers.Exchange;

/// <summary>
/// What is written about tokens that the authority does not give: a line for the audit each time, an error that names the
/// setting where one is at fault, and where the authority fails everybody, one line until it no longer does.
/// </summary>
public sealed partial class ExchangeLog(ExchangeAudit audit, ILogger<ExchangeLog> logger)
{
    private readonly ConcurrentDictionary<string, string> _trouble = new(StringComparer.Ordinal);

    /// <param name="failure">Null where a token was given.</param>
    public void Note(ExchangeOptions exchange, Caller caller, ExchangeFailure? failure)
    {
        if (failure is null)
        {
            NoteSuccess(exchange);
            return;
        }

        audit.Note(exchange, caller, failure);
        if (failure.Trouble == ExchangeTrouble.Rejected)
        {
            LogRejected(exchange.Section, caller, failure.Detail, failure.Settings ?? "-", Said(failure));
        }
        else if (failure.Trouble != ExchangeTrouble.ConsentRequired && NoteChange(exchange, failure.Detail))
        {
            LogTrouble(exchange, failure);
        }
    }

    private void NoteSuccess(ExchangeOptions exchange)
    {
        if (_trouble.TryRemove(exchange.Section, out _))
        {
            LogRecovered(exchange.Section);
        }
    }

    /// <summary>False where this is known already: everybody meets it, and one line says it.</summary>
    private bool NoteChange(ExchangeOptions exchange, string detail)
    {
        var before = _trouble.GetValueOrDefault(exchange.Section);
        return before != detail
            && (
                before is null ? _trouble.TryAdd(exchange.Section, detail) : _trouble.TryUpdate(exchange.Section, detail, before)
            );
    }

    private void LogTrouble(ExchangeOptions exchange, ExchangeFailure failure)
    {
        if (failure.Settings is { } settings)
        {
            LogMisconfigured(exchange.Section, failure.Detail, settings, Said(failure));
        }
        else
        {
            LogUnavailable(exchange.Section, failure.Detail, Said(failure));
        }
    }

    private static string Said(ExchangeFailure failure) => failure.Said.Length == 0 ? "" : $" The authority said: {failure.Said}";

    [LoggerMessage(8010, LogLevel.Error, "No token for {Form}: {Detail}. Look at {Settings}.{Said}")]
    private partial void LogMisconfigured(string form, string detail, string settings, string said);

    [LoggerMessage(
        8011,
        LogLevel.Error,
        "No token for {Form} for caller {Caller}, whose own was verified here: {Detail}. Look at {Settings}.{Said}"
    )]
    private partial void LogRejected(string form, Caller caller, string detail, string settings, string said);

    [LoggerMessage(8012, LogLevel.Warning, "No token for {Form}: {Detail}.{Said}")]
    private partial void LogUnavailable(string form, string detail, string said);

    [LoggerMessage(8013, LogLevel.Information, "The authority gives tokens for {Form} again")]
    private partial void LogRecovered(string form);
}
