using System.Net;
using System.Net.Sockets;
using McpFunctionApp.Tests.FunctionsHost;
using McpFunctionApp.Tests.FunctionsHost.Protocol;
using McpFunctionApp.Tests.Infrastructure;
using Yarp.ReverseProxy.Forwarder;

namespace McpFunctionApp.Tests.Hosting.Functions;

/// <summary>
/// A client that goes away before its answer is no fault of the app. The host calls the execution failed all the same,
/// because its proxy could not deliver the answer.
/// </summary>
public sealed class WorkerHangUpTests
{
    private static readonly FunctionExecution s_served = new("Mcp", StatusResult.Types.Status.Success, ForwarderError.None);
    private static readonly FunctionExecution s_gone = s_served with { Forwarding = ForwarderError.RequestCanceled };

    [Fact]
    public async Task A_list_whose_client_has_gone_ends_well_and_the_next_caller_is_served()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = async context =>
        {
            await answer.Task;
            await FakeFormApi.Json(context, Given.Form);
        };
        await using var host = await WorkerHost.StartAsync(new Dictionary<string, string?> { ["Forms:0:Url"] = api.FormUrl });

        await HangUpAsync(token => host.ListAsync(Given.Token, token), () => api.FormCalls.Count == 1);
        await Eventually.TrueAsync(() => host.Executions.Count == 1, "the execution has ended");
        answer.SetResult();
        Assert.Contains("create_request", (await host.Rpc.ListAsync(Given.Token)).ToolNames);
        await Eventually.TrueAsync(() => host.Executions.Count == 2, "the second execution has ended, too");
        Assert.Equal([s_gone, s_served], host.Executions);
        Assert.Empty(host.Log.Errors);
    }

    [SlowFact]
    public async Task So_does_what_is_cut_off_while_it_reads_the_table_and_what_has_not_even_begun()
    {
        // A table that takes connections and never answers.
        using var table = new TcpListener(IPAddress.Loopback, 0);
        table.Start();
        await using var host = await WorkerHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:0:Url"] = "http://127.0.0.1:9/form",
                ["TableStorage"] = $"AccountName=fake;AccountKey=a2V5;TableEndpoint=http://{table.LocalEndpoint}/fake",
            }
        );

        await HangUpAsync(
            token => host.SendAsync(HttpMethod.Get, "/requests", HostKeys.Function, cancellationToken: token),
            table.Pending
        );
        await Eventually.TrueAsync(() => host.Executions.Count == 1, "the execution has ended");
        Assert.Equal([s_gone with { Function = "Requests" }], host.Executions);
        Assert.Equal(StatusResult.Types.Status.Success, (await host.AbandonAsync("Mcp")).Status);
        Assert.Empty(host.Log.Errors);
    }

    private static async Task HangUpAsync(Func<CancellationToken, Task> request, Func<bool> isInFlight)
    {
        using var gone = new CancellationTokenSource();
        var answer = request(gone.Token);
        await Eventually.TrueAsync(isInFlight, "the request is in flight");
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }
}
