using System.Collections.Concurrent;
using McpFunctionApp.Tests.FunctionsHost.Protocol;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.FunctionsHost;

/// <summary>One line that reached the host.</summary>
/// <param name="Category">The logger's category, or <c>output</c> for what the process printed.</param>
/// <param name="Event">The event's name or number; empty where it has none.</param>
/// <param name="IsHosts">Whether the host writes it to its own log, whatever the worker does with it.</param>
internal sealed record WorkerLine(LogLevel Level, string Category, string Event, string Text, bool IsHosts);

/// <summary>All that a worker says: what it logs over the event stream, and what it prints.</summary>
internal sealed class WorkerLog
{
    private readonly ConcurrentQueue<WorkerLine> _lines = new();

    public IReadOnlyList<WorkerLine> Lines => [.. _lines];

    /// <summary>What a person on duty would be called for.</summary>
    public IEnumerable<WorkerLine> Errors => _lines.Where(line => line.Level >= LogLevel.Error);

    public void Add(RpcLog log)
    {
        // The levels have the same numbers as those of .NET.
        var text = log.Exception is { } exception ? $"{log.Message}\n{exception.Message}\n{exception.StackTrace}" : log.Message;
        _lines.Enqueue(
            new WorkerLine((LogLevel)log.Level, log.Category, log.EventId, text, log.LogCategory == LogCategory.System)
        );
    }

    public void AddOutput(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(new WorkerLine(LogLevel.Information, "output", "", line, true));
        }
    }

    public override string ToString() => string.Join('\n', _lines.Select(line => $"{line.Level} {line.Category}: {line.Text}"));
}
