using System.Text;
using McpFunctionApp.Callers;
using McpFunctionApp.Execution;
using McpFunctionApp.Tests.Arguments;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Execution;

/// <summary>Without an API to submit to, an accepted call is recorded in memory, bounded, and the answer says so.</summary>
public sealed class RequestRecordTests : AppTests<WatchedApp>
{
    private RequestRecord Record => App.Services.GetRequiredService<RequestRecord>();

    [Fact]
    public async Task The_answer_is_pending_and_says_that_it_is_in_memory_only()
    {
        var result = await App.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        Assert.False(result.IsError);
        var content = result.Result["structuredContent"]!;
        Assert.Equal(["id", "timestamp", "status", "data", "note"], content.AsObject().Select(member => member.Key));
        Assert.Equal("2026-07-28T12:00:00.000Z", (string?)content["timestamp"]);
        Assert.Equal("pending", (string?)content["status"]);
        Assert.Equal(Given.Call, content["data"]!.ToJsonString());
        Assert.Contains("memory only", (string?)content["note"], StringComparison.Ordinal);
        Assert.Equal(content.ToJsonString(), System.Text.Json.Nodes.JsonNode.Parse(result.Text)!.ToJsonString());
        Assert.Empty(Api.Submissions);
    }

    [Fact]
    public async Task What_is_recorded_is_the_call_and_of_the_caller_only_the_fingerprint()
    {
        var result = await App.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        var kept = Assert.Single(Record.Snapshot());
        Assert.Equal((string?)result.Result["structuredContent"]!["id"], kept.Id);
        Assert.Equal("create_request", kept.Tool);
        Assert.Equal(Clock.GetUtcNow(), kept.At);
        Assert.Equal(Given.Call, Encoding.UTF8.GetString(kept.Data.Span));
        Assert.Equal(64, kept.Fingerprint.Length);
        TokenLeaks.AssertNone([kept.ToString()], [Given.Token]);
    }

    [Fact]
    public async Task Nothing_is_recorded_of_a_call_that_is_not_valid()
    {
        await App.Rpc.CallAsync("create_request", "{}", Given.Token);
        await App.Rpc.CallAsync("create_request", Given.Call);
        Assert.Empty(Record.Snapshot());
    }

    [Fact]
    public async Task The_newest_thousand_are_kept_oldest_first()
    {
        foreach (var i in Enumerable.Range(0, 1_010))
        {
            await Record.HandleAsync(CallWith($"{i}"), CancellationToken.None);
        }

        Assert.Equal(
            Enumerable.Range(10, 1_000).Select(i => $"{i}"),
            Record.Snapshot().Select(request => JsonElement.Parse(request.Data.Span).GetProperty("subject").GetString())
        );
        Assert.Equal(1_000, Record.Snapshot().Select(request => request.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_request_of_more_than_256_KiB_is_refused_and_not_recorded()
    {
        var largest = new string('x', 262_144 - """{"subject":""}""".Length);
        Assert.False((await App.Rpc.CallAsync("create_request", $$"""{"subject":"{{largest}}"}""", Given.Token)).IsError);
        var result = await App.Rpc.CallAsync("create_request", $$"""{"subject":"{{largest}}x"}""", Given.Token);
        Assert.Equal("submission_failed", result.ErrorCode);
        Assert.Contains("not recorded", result.Text, StringComparison.Ordinal);
        Assert.Null(result.Result["structuredContent"]);
        Assert.Single(Record.Snapshot());
    }

    [Fact]
    public async Task All_together_stay_within_32_MiB()
    {
        var call = CallWith(new string('x', 262_000));
        foreach (var _ in Enumerable.Range(0, 200))
        {
            await Record.HandleAsync(call, CancellationToken.None);
        }

        Assert.InRange(Record.Snapshot().Sum(request => (long)request.Data.Length), 16 * 1_048_576, 32 * 1_048_576);
    }

    private static FormCall CallWith(string subject) =>
        new(
            new("t", "t", "t", new Uri("http://localhost"), null, TimeSpan.FromSeconds(1)),
            Caller.FromToken(Given.Token, "groups"),
            ReadArguments.Filled(JsonElement.Parse($$"""{"subject":"{{subject}}"}"""))
        );

    protected override Task<WatchedApp> StartAsync() =>
        WatchedApp.StartAsync(Api, Clock, new() { ["Schemas:TtlSeconds"] = "86400" });
}
