namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>One app that submits, for all tests of a class that look neither at its time nor at what others have left.</summary>
public sealed class SubmittingApp : AppTests<WatchedApp>
{
    protected override Task<WatchedApp> StartAsync() =>
        WatchedApp.StartSubmittingAsync(Api, Clock, new() { ["RateLimit:PermitsPerMinute"] = "0" });
}
