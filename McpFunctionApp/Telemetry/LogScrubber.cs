using OpenTelemetry;
using OpenTelemetry.Logs;

namespace McpFunctionApp.Telemetry;

/// <summary>
/// Gives each line the number of its event, by which docs/operations.md explains it. Of the libraries' lines only the
/// words stay: addresses, headers and exceptions' texts in them may hold what a client or a form API wrote.
/// </summary>
internal sealed class LogScrubber : BaseProcessor<LogRecord>
{
    private const string EventId = "logrecord.event.id";
    private const string Template = "{OriginalFormat}";

    public override void OnEnd(LogRecord data)
    {
        var number = new KeyValuePair<string, object?>(EventId, data.EventId.Id);
        if (data.CategoryName?.StartsWith("McpFunctionApp.", StringComparison.Ordinal) == true)
        {
            data.Attributes = [.. data.Attributes ?? [], number];
            return;
        }

        var template = data.Attributes?.FirstOrDefault(attribute => attribute.Key == Template).Value as string;
        data.FormattedMessage = template ?? data.EventId.Name ?? data.CategoryName;
        data.Attributes = data.Exception is { } exception
            ? [number, new(Attributes.ErrorType, exception.GetType().FullName)]
            : [number];
        data.Exception = null;
    }
}
