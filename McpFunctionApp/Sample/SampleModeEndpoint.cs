using System.Globalization;

namespace McpFunctionApp.Sample;

/// <summary>Shows and turns the demonstration switch.</summary>
internal sealed partial class SampleModeEndpoint(SampleModeSwitch modes, ILogger<SampleModeEndpoint> logger)
{
    public Task GetAsync(HttpContext context) => Show(modes.Current).WriteAsync(context.Response, context.RequestAborted);

    public Task PutAsync(HttpContext context) => Turn(context.Request).WriteAsync(context.Response, context.RequestAborted);

    private SampleAnswer Turn(HttpRequest request)
    {
        var asked = request.RouteValues["mode"] as string;
        if (SampleMode.Names.FirstOrDefault(name => name.Equals(asked, StringComparison.OrdinalIgnoreCase)) is not { } known)
        {
            return SampleAnswer.Error(
                StatusCodes.Status400BadRequest,
                $"There is no such mode. The modes are: {string.Join(", ", SampleMode.Names)}."
            );
        }

        if (ReadSeconds(known, request.Query) is not { } seconds)
        {
            return SampleAnswer.Error(
                StatusCodes.Status400BadRequest,
                $"seconds must be a whole number from 1 to {SampleMode.MaxSeconds}."
            );
        }

        var mode = new SampleMode(known, seconds);
        if (modes.Change(mode))
        {
            LogModeChanged(mode.Name, mode.Seconds);
        }

        return Show(mode);
    }

    private static int? ReadSeconds(string name, IQueryCollection query)
    {
        if (name != SampleMode.Slow)
        {
            return 0;
        }

        if (!query.TryGetValue("seconds", out var text))
        {
            return SampleMode.DefaultSeconds;
        }

        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 1 and <= SampleMode.MaxSeconds
            ? seconds
            : null;
    }

    private static SampleAnswer Show(SampleMode mode) =>
        SampleAnswer.Json(
            StatusCodes.Status200OK,
            json =>
            {
                json.WriteString("mode", mode.Name);
                json.WriteNumber("seconds", mode.Seconds);
            }
        );

    [LoggerMessage(
        EventId = 9901,
        Level = LogLevel.Information,
        Message = "Sample form API: mode is now {Mode}, each answer waits {Seconds} s."
    )]
    private partial void LogModeChanged(string mode, int seconds);
}
