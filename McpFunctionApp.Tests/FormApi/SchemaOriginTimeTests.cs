using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.FormApi;

/// <summary>The time limit covers the whole exchange: waiting for a place, connecting, the retry, and all of the body.</summary>
public sealed class SchemaOriginTimeTests
{
    public static TheoryData<string> Slow =>
        ["never answers", "stops after the headers", "sends a byte now and then", "resets, then never answers"];

    [Theory]
    [MemberData(nameof(Slow))]
    public async Task An_api_that_takes_too_long_is_unavailable_once_and_then_from_memory(string how)
    {
        await using var api = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            if (how.StartsWith("resets", StringComparison.Ordinal) && connection.Number == 1)
            {
                connection.Reset();
                return;
            }

            var headers = RawApi.Json(new string(' ', 100_000) + Given.Form).Split("\r\n\r\n")[0] + "\r\n\r\n";
            await connection.SendAsync(
                how.StartsWith("stops", StringComparison.Ordinal) || how.StartsWith("sends", StringComparison.Ordinal)
                    ? headers
                    : ""
            );
            while (how.StartsWith("sends", StringComparison.Ordinal))
            {
                await connection.SendAsync(" ");
                await Task.Delay(50);
            }

            await connection.HoldAsync();
        });
        await using var app = await WatchedApp.StartAsync(
            api.Settings,
            new ManualClock { Haste = 5 },
            new() { ["Forms:0:TimeoutSeconds"] = "1" }
        );
        var answer = await app.Rpc.ListAsync(Given.Token);
        Assert.Equal("unavailable", answer.FallbackReason);
        Assert.Contains("within 1 s", answer.Body, StringComparison.Ordinal);
        var requests = api.Requests.Count;
        Assert.Equal("unavailable", (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Equal(requests, api.Requests.Count);
    }

    [Fact]
    public async Task Waiting_for_a_place_counts_and_is_busy()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var app = await WatchedApp.StartAsync(
            api,
            null,
            new() { ["Schemas:MaxConcurrentOriginCalls"] = "1", ["Forms:0:TimeoutSeconds"] = "1" }
        );
        var form = app.Services.GetRequiredService<IReadOnlyList<FormOptions>>()[0];
        var place = await app
            .Services.GetRequiredService<OriginPlaces>()
            .TakeAsync(form, Caller.FromToken(Given.OtherToken, "groups"), CancellationToken.None);
        var answer = await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        place.Dispose();
        Assert.Equal("form_unavailable", answer.ErrorCode);
        Assert.Contains("Schemas:MaxConcurrentOriginCalls", answer.Text, StringComparison.Ordinal);
        Assert.Empty(api.Calls);
        Assert.False((await app.Rpc.CallAsync("create_request", Given.Call, Given.OtherToken)).IsError);
    }
}
