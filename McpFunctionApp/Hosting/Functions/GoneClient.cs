using Microsoft.Azure.Functions.Worker;

namespace McpFunctionApp.Hosting.Functions;

/// <summary>
/// Ends an invocation well whose client has gone away: nobody is left to tell, and a stack trace of it is no fault of the app.
/// It takes a middleware on either side of the worker's own, which waits for the request and afterwards lets it go.
/// </summary>
internal static class GoneClient
{
    /// <summary>Around the worker's middleware: the client went before its request had come here, as the host has said.</summary>
    public static async Task EndBeforeStartAsync(FunctionContext context, Func<Task> next)
    {
        try
        {
            await next();
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested && IsHttp(context)) { }
    }

    /// <summary>Within it, where the request is at hand: the client went while the function ran.</summary>
    public static async Task EndInFlightAsync(FunctionContext context, Func<Task> next)
    {
        try
        {
            await next();
        }
        catch (Exception e)
            when (e is OperationCanceledException or IOException
                && context.GetHttpContext() is { RequestAborted.IsCancellationRequested: true }
            ) { }
    }

    private static bool IsHttp(FunctionContext context) =>
        context.FunctionDefinition.InputBindings.Values.Any(binding =>
            binding.Type.Equals("httpTrigger", StringComparison.OrdinalIgnoreCase)
        );
}
