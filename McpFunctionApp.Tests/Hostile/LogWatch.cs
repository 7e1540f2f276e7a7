using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Hostile;

/// <summary>Judges each line of the log as it comes: no error, and no 12 characters in a row of the token.</summary>
internal sealed class LogWatch(string token) : ILoggerProvider, ILogger
{
    private const int Piece = 12;

    private readonly HashSet<string> _pieces =
    [
        .. Enumerable.Range(0, token.Length - Piece + 1).Select(at => token.Substring(at, Piece)),
    ];

    public string? Complaint { get; set; }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        var line = $"{formatter(state, exception)} {exception}";
        if (logLevel >= LogLevel.Error)
        {
            Complaint = $"an error in the log: {line}";
        }
        else if (Finds(line))
        {
            Complaint = $"a part of the token in the log: {line}";
        }
    }

    public void Dispose() { }

    private bool Finds(string line)
    {
        var pieces = _pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = 0; at + Piece <= line.Length; at++)
        {
            if (pieces.Contains(line.AsSpan(at, Piece)))
            {
                return true;
            }
        }

        return false;
    }
}
