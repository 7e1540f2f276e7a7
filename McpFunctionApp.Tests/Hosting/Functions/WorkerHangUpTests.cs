using System.Text;
using McpFunctionApp.Tests.FunctionsHost;
using McpFunctionApp.Tests.FunctionsHost.Protocol;
using McpFunctionApp.Tests.Infrastructure;
using Yarp.ReverseProxy.Forwarder;

namespace McpFunctionApp.Tests.Hosting.Functions;

/// <summary>A client that goes away before its answer: nothing of it is a fault of the app.</summary>
public sealed class WorkerHangUpTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FakeFormApi _api = null!;
    private WorkerHost _host = null!;

    public async Task InitializeAsync()
    {
        _api = await FakeFormApi.StartAsync();
        _api.OnForm = async context =>
        {
            _asked.TrySetResult();
            await _answer.Task;
            await FakeFormApi.Json(context, Given.Form);
        };
        _host = await WorkerHost.StartAsync(new Dictionary<string, string?> { ["Forms:0:Url"] = _api.FormUrl });
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task The_invocation_ends_well_in_the_worker_and_the_next_caller_is_served()
    {
        await HangUpAsync(new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Encoding.UTF8, "application/json"),
            Headers = { { "Accept", "application/json, text/event-stream" }, { "Authorization", $"Bearer {Given.Token}" } },
        });
        await HangUpAsync(new HttpRequestMessage(HttpMethod.Get, "/health/ready"));
        _answer.SetResult();

        Assert.Contains("create_request", (await _host.Rpc.ListAsync(Given.OtherToken)).ToolNames);
        await Eventually.TrueAsync(() => _host.Executions.Count == 3, "the executions have ended");

        // The host calls an execution failed whose client has gone, whatever the worker says of it.
        Assert.Equal(
            [
                new FunctionExecution("Mcp", StatusResult.Types.Status.Success, ForwarderError.RequestCanceled),
                new FunctionExecution("HealthReady", StatusResult.Types.Status.Success, ForwarderError.RequestCanceled),
                new FunctionExecution("Mcp", StatusResult.Types.Status.Success, ForwarderError.None),
            ],
            _host.Executions.OrderBy(execution => execution.Forwarding == ForwarderError.None).ThenByDescending(execution => execution.Function));
        Assert.Empty(_host.Log.Errors);
    }

    private async Task HangUpAsync(HttpRequestMessage request)
    {
        var calls = _api.Calls.Count;
        using var gone = new CancellationTokenSource();
        var answer = _host.Http.SendAsync(request, gone.Token);
        await Eventually.TrueAsync(() => _api.Calls.Count > calls, "the form API is asked");
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }
}
