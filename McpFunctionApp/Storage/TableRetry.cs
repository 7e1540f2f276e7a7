using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace McpFunctionApp.Storage;

/// <summary>
/// One more attempt after a lost connection and after an answer that says that the trouble may pass: about 100 ms later, or
/// when the service asks for it. Not where that is more than a second, not after an attempt that ran out of time, and not for
/// an insert or a transaction (POST) that may have been done: a second one would be told that the row is there, or gone, and
/// not by whom.
/// </summary>
internal sealed class TableRetry()
    : RetryPolicy(maxRetries: 1, DelayStrategy.CreateFixedDelayStrategy(TimeSpan.FromMilliseconds(100)))
{
    private const string AttemptsProperty = "McpFunctionApp.Attempts";

    private const int LongestPauseInSeconds = 1;

    /// <summary>Notes for the operations that are begun before it is disposed whether an attempt was lost on its way.</summary>
    public static Attempts WatchAttempts() => new();

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception)
    {
        if (exception is OperationCanceledException || AsksForPatience(message))
        {
            return new(false);
        }

        var mayBeDone = exception is not null && TableFailure.MayBeDone(exception);
        if (mayBeDone && message.TryGetProperty(AttemptsProperty, out var value) && value is Attempts attempts)
        {
            attempts.WasOneLost = true;
        }

        var isPost = message.Request.Method == RequestMethod.Post;
        return isPost && (mayBeDone || IsUncertain(message, exception)) ? new(false) : base.ShouldRetryAsync(message, exception);
    }

    private static bool IsUncertain(HttpMessage message, Exception? exception) =>
        exception is null && message.Response.Status is not (429 or 503);

    private static bool AsksForPatience(HttpMessage message) =>
        message.HasResponse
        && message.Response.Headers.TryGetValue("Retry-After", out var pause)
        && !(int.TryParse(pause, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestPauseInSeconds);

    /// <summary>What is known of the attempts of one operation.</summary>
    internal sealed class Attempts : IDisposable
    {
        private readonly IDisposable _scope;

        public Attempts() =>
            _scope = HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [AttemptsProperty] = this });

        /// <summary>An attempt before the last one has had no answer, and may have been done.</summary>
        public bool WasOneLost { get; set; }

        public void Dispose() => _scope.Dispose();
    }
}
