using System.Collections.Concurrent;
using McpFunctionApp.Callers;
using Microsoft.Extensions.Hosting;

namespace McpFunctionApp.Execution;

/// <summary>
/// The submissions that form APIs have been sent and not yet answered. When the process stops, each is logged with its
/// idempotency key, and again with what came of it: whoever finds the first line alone must ask the form API.
/// </summary>
public sealed partial class SubmissionsUnderWay(TimeProvider time, ILogger<SubmissionsUnderWay> logger) : IHostedLifecycleService
{
    private readonly ConcurrentDictionary<string, Submission> _underWay = new(StringComparer.Ordinal);
    private volatile bool _isStopping;

    /// <returns>To be disposed once the form API has answered, or has been given up.</returns>
    internal IDisposable Begin(string tool, Caller caller, string key)
    {
        var submission = new Submission(this, tool, caller, key, time.GetTimestamp());
        _underWay[key] = submission;
        if (_isStopping)
        {
            Log(submission);
        }

        return submission;
    }

    /// <summary>Before anything is told to stop.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        foreach (var submission in _underWay.Values)
        {
            Log(submission);
        }

        return Task.CompletedTask;
    }

    /// <summary>After everything has stopped, or was not waited for any longer.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        foreach (var submission in _underWay.Values)
        {
            LogLost(submission.Tool, submission.Caller, submission.Key);
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Log(Submission submission) =>
        LogUnderWay(submission.Tool, submission.Caller, submission.Key, time.GetElapsedTime(submission.Started).TotalSeconds);

    private void End(Submission submission)
    {
        if (_underWay.TryRemove(KeyValuePair.Create(submission.Key, submission)) && _isStopping)
        {
            LogEnded(submission.Tool, submission.Caller, submission.Key, time.GetElapsedTime(submission.Started).TotalSeconds);
        }
    }

    private sealed class Submission(SubmissionsUnderWay all, string tool, Caller caller, string key, long started) : IDisposable
    {
        public string Tool => tool;

        public Caller Caller => caller;

        public string Key => key;

        public long Started => started;

        public void Dispose() => all.End(this);
    }

    [LoggerMessage(
        2002,
        LogLevel.Warning,
        "Stopping while a submission of {Tool} by caller {Caller} is under way since {Seconds:0.0} s: idempotency key {Key}"
    )]
    private partial void LogUnderWay(string tool, Caller caller, string key, double seconds);

    [LoggerMessage(
        2003,
        LogLevel.Information,
        "The submission of {Tool} by caller {Caller} with idempotency key {Key} has ended after {Seconds:0.0} s"
    )]
    private partial void LogEnded(string tool, Caller caller, string key, double seconds);

    [LoggerMessage(
        2004,
        LogLevel.Error,
        "Stopped without an answer to the submission of {Tool} by caller {Caller} with idempotency key {Key}: ask the form "
            + "API whether the request exists"
    )]
    private partial void LogLost(string tool, Caller caller, string key);
}
