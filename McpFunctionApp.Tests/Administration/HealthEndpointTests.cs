using System.Net;
using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpFunctionApp.Tests.Administration;

/// <summary>GET /health and /health/ready: whether the process lives, and what it can reach.</summary>
public sealed class HealthEndpointTests : ApiTests
{
    [Fact]
    public async Task A_living_process_is_200_and_asks_nobody()
    {
        await using var app = await TestApp.StartAsync(Api);
        var (status, body) = await AdminHttp.SendAsync(app, "GET", "/health");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"status":"alive"}""", body!.ToJsonString());
        Assert.Empty(Api.Calls);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(401)]
    [InlineData(405)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Any_HTTP_answer_of_the_form_API_is_one(int status)
    {
        Api.OnForm = context => FakeFormApi.Json(context, "{}", status);
        await using var app = await TestApp.StartAsync(Api);
        Assert.Equal("healthy: create_request reachable", await ReadyAsync(app));
    }

    [Fact]
    public async Task The_look_carries_no_token_and_does_not_change_anything()
    {
        await using var app = await TestApp.StartAsync(Api);
        await AdminHttp.SendAsync(app, "GET", "/health/ready", ("Authorization", $"Bearer {Given.Token}"));
        var call = Assert.Single(Api.Calls);
        Assert.Null(call.Token);
        Assert.Equal("HEAD", call.Method);
    }

    [Fact]
    public async Task A_form_API_that_nobody_serves_is_unreachable()
    {
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = "http://127.0.0.1:9/form" }
        );
        Assert.Equal("degraded: create_request unreachable", await ReadyAsync(app));
    }

    [Fact]
    public async Task A_form_API_that_breaks_off_or_speaks_no_HTTP_is_unreachable()
    {
        await using var silent = new RawApi(async connection => await connection.ReadRequestAsync());
        await using var odd = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("SSH-2.0-OpenSSH\r\n");
        });
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:0:Url"] = silent.Url,
                ["Forms:1:Url"] = odd.Url,
                ["Forms:1:Tool"] = "odd",
            }
        );
        Assert.Equal("degraded: create_request unreachable, odd unreachable", await ReadyAsync(app));
    }

    [Fact]
    public async Task Whoever_is_slower_than_the_limit_is_unreachable_and_the_others_are_told()
    {
        await using var slow = new RawApi(connection => connection.HoldAsync());
        await using var table = await FakeTableService.StartAsync(context =>
            Task.Delay(Timeout.Infinite, context.RequestAborted)
        );
        await using var app = await TestApp.StartAsync(
            Api,
            new ManualClock { Haste = 5 },
            new()
            {
                ["Forms:1:Url"] = slow.Url,
                ["Forms:1:Tool"] = "slow",
                ["TableStorage"] = table.ConnectionString,
            }
        );
        Assert.Equal(
            "degraded: create_request reachable, slow unreachable, table unreachable",
            await ReadyAsync(app).WaitAsync(TimeSpan.FromSeconds(9))
        );
    }

    [Theory]
    [InlineData(200, """{"PartitionKey":"ping","RowKey":"ping"}""", "healthy: create_request reachable, table reachable")]
    [InlineData(200, "<html>", "degraded: create_request reachable, table unreachable")]
    [InlineData(403, "", "degraded: create_request reachable, table unreachable")]
    [InlineData(404, "", "degraded: create_request reachable, table unreachable")]
    public async Task A_table_is_reachable_when_it_lets_us_in(int status, string answer, string expected)
    {
        await using var table = await FakeTableService.StartAsync(FakeTableService.Status(status, body: answer));
        await using var app = await TestApp.StartAsync(Api, null, new() { ["TableStorage"] = table.ConnectionString });
        Assert.Equal(expected, await ReadyAsync(app));
    }

    [Fact]
    public async Task A_process_that_is_stopping_is_503_and_asks_nobody()
    {
        await using var app = await TestApp.StartAsync(Api);
        app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var (status, body) = await AdminHttp.SendAsync(app, "GET", "/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("""{"status":"stopping"}""", body!.ToJsonString());
        Assert.Empty(Api.Calls);
        Assert.Equal(HttpStatusCode.OK, (await AdminHttp.SendAsync(app, "GET", "/health")).Status);
    }

    [Fact]
    public async Task The_answers_are_not_to_be_kept_by_caches_on_the_way()
    {
        await using var app = await TestApp.StartAsync(Api);
        foreach (var path in (string[])["/health", "/health/ready"])
        {
            using var response = await app.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.True(response.Headers.CacheControl?.NoStore);
        }
    }

    /// <summary>What an answer says, its shape checked: 200, no addresses, the time of whoever could be reached.</summary>
    private static async Task<string> ReadyAsync(TestApp app)
    {
        var (status, body) = await AdminHttp.SendAsync(app, "GET", "/health/ready");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["status", "checks"], body!.AsObject().Select(member => member.Key));
        Assert.DoesNotMatch(@"127\.0|localhost|://|:\d{4,5}\b|/form|/fake|\bhttp", body.ToJsonString());
        return $"{body["status"]}: {string.Join(", ", body["checks"]!.AsArray().Select(check => Describe(check!)))}";
    }

    private static string Describe(JsonNode check)
    {
        var isReachable = (string?)check["status"] == "reachable";
        Assert.Equal(
            isReachable ? ["name", "status", "milliseconds"] : ["name", "status"],
            check.AsObject().Select(member => member.Key)
        );
        Assert.True(!isReachable || (double)check["milliseconds"]! is >= 0 and < 3_100);
        return $"{check["name"]} {check["status"]}";
    }
}
