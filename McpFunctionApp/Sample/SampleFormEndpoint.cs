namespace McpFunctionApp.Sample;

/// <summary>Serves each caller the form of its own.</summary>
internal sealed partial class SampleFormEndpoint(SampleForms forms, ILogger<SampleFormEndpoint> logger)
{
    public Task<SampleAnswer> GetAsync(HttpContext context, SampleCaller caller, CancellationToken cancellationToken) =>
        Task.FromResult(Serve(caller, forms.Of(caller)));

    public Task<SampleAnswer> GetChangeAsync(HttpContext context, SampleCaller caller, CancellationToken cancellationToken) =>
        Task.FromResult(Serve(caller, forms.Change(caller)));

    private SampleAnswer Serve(SampleCaller caller, SampleForm form)
    {
        LogFormServed(caller.Name, form.Bytes.Length);
        return new SampleAnswer(StatusCodes.Status200OK, form.Bytes);
    }

    [LoggerMessage(
        EventId = 9903,
        Level = LogLevel.Debug,
        Message = "Sample form API: served the form of {Caller}, {Bytes} bytes."
    )]
    private partial void LogFormServed(string caller, int bytes);
}
