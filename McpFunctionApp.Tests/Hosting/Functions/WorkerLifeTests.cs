using System.Net;
using System.Net.Sockets;
using McpFunctionApp.Tests.FunctionsHost;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting.Functions;

/// <summary>The worker's end, wanted and unwanted.</summary>
public sealed class WorkerLifeTests : ApiTests
{
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override void ServeForm() =>
        Api.OnForm = async context =>
        {
            await _answer.Task;
            await FakeFormApi.Json(context, Given.Form);
        };

    [LinuxFact]
    public async Task A_request_in_flight_is_answered_after_SIGTERM_and_the_process_ends_well()
    {
        await using var host = await StartAsync();
        var answer = host.Rpc.ListAsync(Given.Token);
        await Eventually.TrueAsync(() => Api.FormCalls.Count == 1, "the request is in flight");
        var process = await host.ProcessAsync();
        await process.TerminateAsync();
        var address = await host.WorkerAddressAsync();
        await Eventually.TrueAsync(() => !Listens(address), "the worker takes no more requests");

        _answer.SetResult();
        Assert.Contains("create_request", (await answer).ToolNames);
        await process.Exited.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, process.ExitCode);
        Assert.Empty(host.Log.Errors);
    }

    [SlowFact]
    public async Task After_a_crash_the_request_in_flight_is_a_500_and_the_next_one_is_served_by_another_worker()
    {
        await using var host = await StartAsync();
        var lost = host.Rpc.ListAsync(Given.Token);
        await Eventually.TrueAsync(() => Api.FormCalls.Count == 1, "the request is in flight");
        var first = (await host.ProcessAsync()).Id;
        await host.CrashWorkerAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, (await lost).Status);

        _answer.SetResult();
        Assert.Contains("create_request", (await host.Rpc.ListAsync(Given.Token)).ToolNames);
        Assert.NotEqual(first, (await host.ProcessAsync()).Id);
    }

    [Fact]
    public async Task Faulty_settings_stop_the_start_with_all_faults_and_without_a_stack_trace()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            WorkerHost.StartAsync(new Dictionary<string, string?> { ["Schemas:TtlSeconds"] = "soon" })
        );
        Assert.Contains("- Forms has no entry", failure.Message, StringComparison.Ordinal);
        Assert.Contains("- Schemas:TtlSeconds ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 1", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", failure.Message, StringComparison.Ordinal);
    }

    private Task<WorkerHost> StartAsync() =>
        WorkerHost.StartAsync(new Dictionary<string, string?> { ["Forms:0:Url"] = Api.FormUrl });

    private static bool Listens(Uri address)
    {
        try
        {
            using var probe = new TcpClient(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
