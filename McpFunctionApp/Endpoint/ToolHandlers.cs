using System.Text.Json.Nodes;
using McpFunctionApp.Asking;
using McpFunctionApp.Callers;
using McpFunctionApp.Catalog;
using McpFunctionApp.Replies;
using McpFunctionApp.Telemetry;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpFunctionApp.Endpoint;

/// <summary>Runs the tool that was looked up for a request; and answers what the SDK's server asks for lists and calls.</summary>
public sealed partial class ToolHandlers(AuditLog audit, AppMetrics metrics, TimeProvider time, ILogger<ToolHandlers> logger)
{
    public static ValueTask<ListToolsResult> ListAsync(
        RequestContext<ListToolsRequestParams> context,
        CancellationToken cancellationToken
    )
    {
        var facts = RequestFacts.Of(context.JsonRpcRequest);
        var listing = facts.Tools.Listing!;

        // A new result each time, since the SDK writes into it; older clients reject members they do not know.
        return ValueTask.FromResult(
            new ListToolsResult
            {
                Tools = [.. listing.Tools.Select(tool => tool.ToTool())],
                TimeToLive = facts.IsPerRequest ? listing.TimeToLive : null,
                CacheScope = facts.IsPerRequest ? CacheScope.Private : null,
                Meta = listing.FallbackMeta is { Length: > 0 } meta
                    ? new() { [ReplyMeta.Fallback] = JsonNode.Parse(meta) }
                    : null,
            }
        );
    }

    /// <exception cref="InputRequiredException">How the SDK is told that the person is to be asked.</exception>
    public async ValueTask<CallToolResult> CallAsync(
        RequestContext<CallToolRequestParams> context,
        CancellationToken cancellationToken
    )
    {
        var reply = await RunAsync(context.Params.Name, RequestFacts.Of(context.JsonRpcRequest), cancellationToken);
        return reply.Question is { } question
            ? throw new InputRequiredException(
                question.InputRequests.Deserialize(RpcJson.TypeOf<IDictionary<string, InputRequest>>())!,
                question.State
            )
            : reply.ToResult();
    }

    /// <exception cref="McpProtocolException">The caller has no tool of this name.</exception>
    public async Task<ToolReply> RunAsync(string name, RequestFacts facts, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var lookup = facts.Tools.Lookup!;
        if (lookup.RunAsync is not { } run)
        {
            throw Unknown(name, facts.Caller);
        }

        facts.Operation?.Call(name);
        ToolReply? reply = null;
        try
        {
            return reply = await RunAsync(run, name, facts, cancellationToken);
        }
        finally
        {
            Note(name, lookup, facts, reply, time.GetElapsedTime(started));
        }
    }

    /// <param name="reply">Null where the client hung up first.</param>
    private void Note(string name, ToolLookup lookup, RequestFacts facts, ToolReply? reply, TimeSpan elapsed)
    {
        var outcome = reply?.Outcome ?? "aborted";
        metrics.ToolCalled(name, outcome);
        if (reply?.IsError == true)
        {
            facts.Operation?.FailTool();
        }

        if (lookup.IsAudited)
        {
            audit.Note(name, lookup.Form, facts.Caller, reply, outcome, elapsed);
        }
        else
        {
            LogCalled(name, Who(facts.Caller), outcome, elapsed.TotalMilliseconds);
        }
    }

    private async Task<ToolReply> RunAsync(
        Func<ToolCall, CancellationToken, Task<ToolReply>> run,
        string name,
        RequestFacts facts,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await run(facts.Call, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(e, name, Who(facts.Caller));
            return ToolReply.Failed(name);
        }
    }

    private McpProtocolException Unknown(string name, Caller? caller)
    {
        // A token that was typed into the wrong place is not repeated either. Shortened first: what is taken out
        // on the way could part the token's pieces, and looking through a megabyte of name would take a second.
        var shortened = Quotable.Show(name, 64);
        var shown = caller is not null && TokenGuard.Repeats(shortened, caller.Token) ? "..." : shortened;
        LogUnknown(shown, Who(caller));
        return new McpProtocolException(
            $"Unknown tool: '{shown}'. tools/list names the tools that you have.",
            McpErrorCode.InvalidParams
        );
    }

    private static string Who(Caller? caller) => caller?.ToString() ?? "without a token";

    [LoggerMessage(4000, LogLevel.Information, "Tool {Tool} called by caller {Caller}: {Outcome} in {Milliseconds:0.0} ms")]
    private partial void LogCalled(string tool, string caller, string outcome, double milliseconds);

    [LoggerMessage(4002, LogLevel.Error, "Tool {Tool} called by caller {Caller} failed unexpectedly")]
    private partial void LogFailed(Exception exception, string tool, string caller);

    [LoggerMessage(4001, LogLevel.Information, "Unknown tool '{Tool}' called by caller {Caller}")]
    private partial void LogUnknown(string tool, string caller);
}
