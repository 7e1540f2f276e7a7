using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>One line of the log, as a person would read it, the exception's text included.</summary>
public sealed record LogLine(LogLevel Level, string Category, int EventId, string Text);

/// <summary>Keeps everything that is logged, down to Trace, so that a test can look for what must and must not be in
/// it.</summary>
public sealed class LogCollector : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    public IEnumerable<LogLine> Of(int eventId) => _lines.Where(line => line.EventId == eventId);

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose() { }

    private sealed class Logger(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Enqueue(new LogLine(logLevel, category, eventId.Id, $"{formatter(state, exception)} {exception}"));
    }
}
