using McpFunctionApp.Messages;
using McpFunctionApp.Page;
using Microsoft.Azure.Functions.Worker;

namespace McpFunctionApp.Hosting.Functions;

/// <summary>
/// What people see who open the address in a browser. Its route matches the empty path alone: an empty route would become
/// the function's name in the host, and <c>/</c> breaks every function of the app in the worker.
/// </summary>
public sealed class PageFunction(PageEndpoint page, EndpointOptions options)
{
    [Function("Page")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{nothing:maxlength(0)?}")] HttpRequest request
    )
    {
        if (options.Page)
        {
            return page.ShowAsync(request.HttpContext);
        }

        request.HttpContext.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
