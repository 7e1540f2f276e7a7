using System.Net;
using McpFunctionApp.Tests.Execution;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Administration;

/// <summary>What GET /requests answers where there is no table, or one in trouble.</summary>
public sealed class RequestsTroubleTests
{
    private const string Key = "the-admin-key-of-these-tests";

    private static readonly Dictionary<string, string?> s_settings = new() { ["Admin:Key"] = Key };

    [Fact]
    public async Task Without_a_table_it_is_404_and_says_what_to_set()
    {
        await using var app = await RecordingApp.StartAsync("", s_settings);
        var (status, _, lines) = await RequestsEndpointTests.ReadAsync(app, "", Key);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("TableStorage", (string?)Assert.Single(lines)["error"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(500)]
    public async Task A_table_in_trouble_is_503_and_one_error_in_the_log(int tableStatus)
    {
        await using var table = await FakeTableService.StartAsync(FakeTableService.Status(tableStatus));
        await using var app = await RecordingApp.StartAsync(table.ConnectionString, s_settings);
        var (status, type, lines) = await RequestsEndpointTests.ReadAsync(app, "", Key);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("application/json", type);
        var error = (string?)Assert.Single(lines)["error"];
        Assert.Contains("try again", error, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", error, StringComparison.Ordinal);
        Assert.Equal(5010, Assert.Single(app.App.Log.Lines, line => line.Level >= LogLevel.Warning).EventId);
    }

    [Fact]
    public async Task A_table_that_fails_after_the_first_page_breaks_the_answer_off()
    {
        await using var table = await FakeTableService.StartAsync(
            context =>
            {
                context.Response.Headers["x-ms-continuation-NextPartitionKey"] = "p";
                return FakeTableService.Row("""{"value":[{"PartitionKey":"p","RowKey":"r"}]}""")(context);
            },
            FakeTableService.Status(403)
        );
        await using var app = await RecordingApp.StartAsync(table.ConnectionString, s_settings);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => RequestsEndpointTests.ReadAsync(app, "", Key));
    }

    [Fact]
    public async Task A_client_that_hangs_up_is_no_error()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var table = await FakeTableService.StartAsync(async context =>
        {
            using var registration = context.RequestAborted.Register(left.SetResult);
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using (
            var app = await RecordingApp.StartAsync(
                table.ConnectionString,
                new(s_settings) { ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace" }
            )
        )
        {
            var read = RequestsEndpointTests.ReadAsync(app, "", Key);
            await asked.Task;
            app.App.Http.CancelPendingRequests();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
            await left.Task.WaitAsync(TimeSpan.FromSeconds(10));
            await Eventually.TrueAsync(
                () => app.App.Log.Lines.Any(line => line.Text.StartsWith("Request finished", StringComparison.Ordinal)),
                "the request ends"
            );
            Assert.DoesNotContain(app.App.Log.Lines, line => line.Level >= LogLevel.Error);
        }
    }
}
