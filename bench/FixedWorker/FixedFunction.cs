using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Bench.FixedWorker;

/// <summary>What every request is answered with.</summary>
public sealed record FixedAnswer(byte[] Bytes);

/// <summary>Answers without looking at the request.</summary>
public sealed class FixedFunction(FixedAnswer answer)
{
    [Function("Mcp")]
    public async Task RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "mcp")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var response = request.HttpContext.Response;
        response.ContentType = "application/json";
        response.ContentLength = answer.Bytes.Length;
        await response.Body.WriteAsync(answer.Bytes, request.HttpContext.RequestAborted);
    }
}
