using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Execution;

internal static class Submission
{
    /// <summary>Submits the usual call to a form API that answers this, and nothing where it is null.</summary>
    public static Task<RpcAnswer> SubmitAsync(this AppTests<WatchedApp> tests, string? answer, int status)
    {
        tests.Api.OnSubmit = context =>
        {
            context.Response.StatusCode = status;
            return answer is null ? Task.CompletedTask : FakeFormApi.Json(context, answer, status);
        };
        return tests.App.Rpc.CallAsync("create_request", Given.Call, Given.Token);
    }
}
