using McpFunctionApp.Replies;
using McpFunctionApp.Tests.Hostile;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Endpoint;

/// <summary>More bytes under way than the process may have: large requests wait and are refused, small ones are served.</summary>
public sealed class CrowdedServerTests : AppTests<TestApp>
{
    private const int Mebibyte = 1_048_576;

    private BytesInFlight Bytes => App.Services.GetRequiredService<BytesInFlight>();

    [Fact]
    public async Task A_large_body_beyond_the_budget_is_503_with_when_to_try_again_and_small_ones_are_served()
    {
        var holders = new List<RawCaller>();
        for (var n = 0; n < 3; n++)
        {
            holders.Add(await RawCaller.ConnectAsync(App));
            await holders[n].SendAsync(HostileApp.Head($"Content-Length: {Mebibyte}") + new string(' ', Mebibyte - 1));
        }

        await Eventually.TrueAsync(() => Bytes.Used > Mebibyte, "the bodies have come");
        var refused = await App.Rpc.PostAsync(Wire.Body("ping").PadRight(1_000_000));
        Wire.IsError(refused, 503, -32000, "null");
        Assert.Equal("server_busy", (string?)refused.Error["data"]!["code"]);
        Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter!.Delta);
        Assert.Equal(200, (int)(await App.Rpc.PostAsync(Wire.Body("ping").PadRight(16_000))).Status);
        Assert.Contains("create_request", (await App.Rpc.ListAsync(Given.Token)).ToolNames);

        holders.ForEach(holder => holder.Dispose());
        await Eventually.TrueAsync(() => Bytes.Used == 0, "what they took is free again");
        Assert.Equal(200, (int)(await App.Rpc.PostAsync(Wire.Body("ping").PadRight(Mebibyte))).Status);
        await Eventually.TrueAsync(() => Bytes.Used == 0, "what they took is free again");
    }

    [Fact]
    public async Task What_is_announced_and_does_not_come_takes_nothing()
    {
        using var caller = await RawCaller.ConnectAsync(App);
        await caller.SendAsync(HostileApp.Head($"Content-Length: {Mebibyte}") + "{");
        Assert.Equal(200, (int)(await App.Rpc.PostAsync(Wire.Body("ping").PadRight(1_000_000))).Status);
        await Eventually.TrueAsync(() => Bytes.Used == 0, "what they took is free again");
    }

    [Fact]
    public async Task A_message_that_would_take_more_than_there_is_room_for_is_503_with_its_id()
    {
        using var holder = Bytes.Begin();
        Assert.True(await holder.TakeAsync(Mebibyte + (Mebibyte / 2), default));
        var body = Wire.Body("ping", $"\"numbers\":[{string.Join(',', Enumerable.Repeat("0", 90_000))}]", id: "\"the-id\"");
        Wire.IsError(await App.Rpc.PostAsync(body), 503, -32000, "\"the-id\"");
        holder.Dispose();
        Assert.Equal(200, (int)(await App.Rpc.PostAsync(body)).Status);
        await Eventually.TrueAsync(() => Bytes.Used == 0, "what they took is free again");
    }

    [Fact]
    public async Task A_large_form_of_the_form_API_is_counted_until_it_has_been_mapped()
    {
        using var holder = Bytes.Begin();
        Assert.True(await holder.TakeAsync(2 * Mebibyte, default));
        Api.ServeFields(
            $$"""{{Given.Fields}},"""
                + $$"""{"name":"Note","paramName":"note","type":"TextFieldRest","description":"{{new string('x', 100_000)}}"}"""
        );
        var refused = await App.Rpc.ListAsync(Given.OtherToken);
        Assert.Equal("busy", refused.FallbackReason);
        Assert.Contains("Endpoint:MaxBytesInFlight", refused.Body, StringComparison.Ordinal);
        holder.Dispose();
        Assert.Contains("create_request", (await App.Rpc.ListAsync("the-token-of-somebody-else-altogether")).ToolNames);
        await Eventually.TrueAsync(() => Bytes.Used == 0, "what they took is free again");
    }

    [Fact]
    public async Task A_connection_beyond_the_limit_is_closed_and_the_others_go_on()
    {
        await using var app = await TestApp.StartAsync(Api, settings: new() { ["Endpoint:MaxConnections"] = "3" });
        Assert.Equal(200, (int)(await app.Rpc.PostAsync(Wire.Body("ping"))).Status);
        using var second = await RawCaller.ConnectAsync(app);
        using var third = await RawCaller.ConnectAsync(app);
        using var fourth = await RawCaller.ConnectAsync(app);
        Assert.Null(await fourth.ReadAsync());
        Assert.Equal(200, (int)(await app.Rpc.PostAsync(Wire.Body("ping"))).Status);
        await third.SendAsync(HostileApp.Ping(3));
        Assert.Equal(200, (await third.ReadAsync())!.Status);
    }

    protected override Task<TestApp> StartAsync()
    {
        Clock.Haste = 4;
        return TestApp.StartAsync(
            Api,
            Clock,
            new() { ["Endpoint:MaxBytesInFlight"] = $"{2 * Mebibyte}", ["RateLimit:PermitsPerMinute"] = "0" }
        );
    }
}
