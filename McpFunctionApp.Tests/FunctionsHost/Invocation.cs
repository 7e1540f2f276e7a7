using System.Diagnostics;
using McpFunctionApp.Tests.FunctionsHost.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace McpFunctionApp.Tests.FunctionsHost;

/// <summary>What the host sends to a worker when a trigger fires. Pure.</summary>
internal static class Invocation
{
    private const string TimerInfo = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""";

    /// <summary>
    /// The request itself goes to the worker over HTTP. What the host says of it beside that is not to be trusted: there a
    /// parameter named <c>Headers</c> takes the place of the headers.
    /// </summary>
    public static InvocationRequest OfRequest(IndexedFunction function, HttpRequest http)
    {
        var request = Create(function, new TypedData { Http = new RpcHttp() }, http.Headers.TraceParent);
        request.TriggerMetadata["Headers"] = Json(http.Headers);
        request.TriggerMetadata["Query"] = Json(http.Query);
        foreach (var (name, value) in http.Query)
        {
            request.TriggerMetadata[name] = new TypedData { String = value.ToString() };
        }

        return request;
    }

    public static InvocationRequest OfTimer(IndexedFunction function) =>
        Create(function, new TypedData { Json = TimerInfo }, null);

    /// <summary>An HTTP trigger whose request never comes.</summary>
    public static InvocationRequest OfAbandoned(IndexedFunction function) =>
        Create(function, new TypedData { Http = new RpcHttp() }, null);

    private static InvocationRequest Create(IndexedFunction function, TypedData trigger, string? traceParent) =>
        new()
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = function.Id,
            InputData =
            {
                new ParameterBinding { Name = function.TriggerName, Data = trigger },
            },
            TraceContext = new RpcTraceContext { TraceParent = traceParent ?? NewTrace() },
        };

    private static TypedData Json(IEnumerable<KeyValuePair<string, StringValues>> members) =>
        new() { Json = JsonSerializer.Serialize(members.ToDictionary(member => member.Key, member => member.Value.ToString())) };

    private static string NewTrace() => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01";
}
