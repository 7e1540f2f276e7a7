using Xunit.Abstractions;
using Xunit.Sdk;

namespace McpFunctionApp.Tests.Infrastructure.Running;

/// <summary>Passes on what a run of tests reports, and tells every 10 s how many have run and which classes are
/// running.</summary>
internal sealed class ProgressSink(IMessageSink reports, IMessageSink progress, int all)
    : LongLivedMarshalByRefObject,
        IMessageSink
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);

    private readonly SortedSet<string> _running = [];
    private readonly Lock _lock = new();
    private long _told = TimeProvider.System.GetTimestamp();
    private int _done;
    private int _failed;

    public bool OnMessage(IMessageSinkMessage message)
    {
        if (Note(message) is { } line)
        {
            progress.OnMessage(new DiagnosticMessage(line));
        }

        return reports.OnMessage(message);
    }

    /// <returns>A line where it is time for one.</returns>
    private string? Note(IMessageSinkMessage message)
    {
        lock (_lock)
        {
            switch (message)
            {
                case ITestClassStarting starting:
                    _running.Add(NameOf(starting.TestClass));
                    break;
                case ITestClassFinished finished:
                    _running.Remove(NameOf(finished.TestClass));
                    break;
                case ITestCaseFinished finished:
                    _done++;
                    _failed += finished.TestsFailed;
                    break;
            }

            if (TimeProvider.System.GetElapsedTime(_told) < s_pause)
            {
                return null;
            }

            _told = TimeProvider.System.GetTimestamp();
            return $"{_done} of {all} tests have run, {_failed} failed; running: {string.Join(", ", _running)}";
        }
    }

    private static string NameOf(ITestClass tests) =>
        tests.Class.Name.Replace("McpFunctionApp.Tests.", "", StringComparison.Ordinal);
}
