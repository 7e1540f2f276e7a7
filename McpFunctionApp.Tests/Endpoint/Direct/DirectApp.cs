using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Endpoint.Direct;

/// <summary>One app that serves one caller, for all tests of a class that only ask.</summary>
public sealed class DirectApp : AppTests<TestApp>
{
    protected override void ServeForm() => Api.ServeOneCaller();

    protected override Task<TestApp> StartAsync() =>
        TestApp.StartAsync(Api, Clock, new() { ["Forms:0:SubmitUrl"] = Api.SubmitUrl, ["RateLimit:PermitsPerMinute"] = "0" });
}
