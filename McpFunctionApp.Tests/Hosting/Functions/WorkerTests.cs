using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using McpFunctionApp.Tests.FunctionsHost;
using McpFunctionApp.Tests.FunctionsHost.Protocol;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Journeys;

namespace McpFunctionApp.Tests.Hosting.Functions;

/// <summary>What a client meets when it calls the function URL: the host's front, the real worker, and the table.</summary>
[Collection(WorkerCollection.Name)]
public sealed class WorkerTests(WorkerWorld world)
{
    [NodeFact]
    public async Task The_functions_have_these_names_verbs_routes_and_levels() =>
        Assert.Equal(
            [
                "Cache: GET,DELETE cache (Function)",
                "CacheMe: DELETE cache/me (Anonymous)",
                "Health: GET health (Anonymous)",
                "HealthReady: GET health/ready (Anonymous)",
                "Mcp: GET,POST,DELETE mcp (Anonymous)",
                "Page: GET {nothing:maxlength(0)?} (Anonymous)",
                "ProtectedResource: GET .well-known/oauth-protected-resource (Anonymous)",
                "ProtectedResourceMcp: GET .well-known/oauth-protected-resource/mcp (Anonymous)",
                "Purge: timer 0 17 * * * *",
                "Requests: GET requests (Function)",
            ],
            (await world.Host.FunctionsAsync()).Select(function => $"{function}").Order(StringComparer.Ordinal)
        );

    [NodeTheory, CSharpClients]
    public async Task A_caller_lists_its_own_form_and_calls_it(string client)
    {
        var token = WorkerWorld.TokenOf(JourneyClients.RevisionOf(client));
        var journey = await JourneyClients
            .Of(client)
            .TravelAsync(
                world.Host.Endpoint,
                $"Bearer {token}",
                JourneyStep.List,
                JourneyStep.Call("create_request", Given.Call),
                JourneyStep.Call("multiply", """{"a":6,"b":7}""")
            );
        Assert.Equal(JourneyClients.RevisionOf(client), journey.Revision);
        Assert.Equal(["add", "echo", "multiply", "create_request", "draft_create_request"], journey.Answers[0].ToolNames);
        Assert.Equal("pending", (string?)journey.Answers[1].Result["structuredContent"]!["status"]);
        Assert.Equal("42", journey.Answers[2].Text);
        Assert.Equal(1, world.FormCallsOf(token));
    }

    [NodeFact]
    public async Task Others_get_the_static_tools()
    {
        Assert.DoesNotContain("create_request", (await world.Host.Rpc.ListAsync(Given.OtherToken)).ToolNames);
        Assert.DoesNotContain("create_request", (await world.Host.Rpc.ListAsync(perRequest: true)).ToolNames);
    }

    [NodeFact]
    public async Task A_request_is_recorded_and_exported_to_whom_has_a_key()
    {
        var answer = await world.Host.Rpc.CallAsync("create_request", Given.Call, WorkerWorld.TokenOf("recorded"));
        var id = (string)answer.Result["structuredContent"]!["id"]!;

        Assert.Equal(HttpStatusCode.Unauthorized, (await world.Host.SendAsync(HttpMethod.Get, "/requests")).StatusCode);
        using var refused = await world.Host.SendAsync(HttpMethod.Get, "/requests", "another-key");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains(id, await ReadAsync(HttpMethod.Get, "/requests", HostKeys.Function), StringComparison.Ordinal);
        Assert.Contains(id, await ReadAsync(HttpMethod.Get, "/requests", HostKeys.Master), StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task The_cache_is_emptied_by_key_and_a_caller_empties_its_own()
    {
        var token = WorkerWorld.TokenOf("cache");
        await world.Host.Rpc.ListAsync(token);
        await world.Host.Rpc.ListAsync(token);
        Assert.Equal(1, world.FormCallsOf(token));

        await ReadAsync(HttpMethod.Delete, "/cache", HostKeys.Function);
        await world.Host.Rpc.ListAsync(token);
        Assert.Equal(2, world.FormCallsOf(token));

        using var mine = await world.Host.SendAsync(HttpMethod.Delete, "/cache/me", token: token);
        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        await world.Host.Rpc.ListAsync(token);
        Assert.Equal(3, world.FormCallsOf(token));
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.Host.SendAsync(HttpMethod.Delete, "/cache")).StatusCode);
    }

    [NodeFact]
    public async Task The_cache_is_reported_by_key_with_the_start_of_the_process()
    {
        var report = JsonNode.Parse(await ReadAsync(HttpMethod.Get, "/cache", HostKeys.Function))!;
        Assert.True(DateTimeOffset.Parse((string)report["startedAt"]!, CultureInfo.InvariantCulture) < world.HasStarted);
        Assert.Equal("in use", (string?)report["table"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.Host.SendAsync(HttpMethod.Get, "/cache")).StatusCode);
    }

    [NodeFact]
    public async Task Health_is_answered_and_readiness_looks_at_the_table()
    {
        Assert.Contains("alive", await ReadAsync(HttpMethod.Get, "/health"), StringComparison.Ordinal);
        var ready = await ReadAsync(HttpMethod.Get, "/health/ready");
        Assert.Contains("healthy", ready, StringComparison.Ordinal);
        Assert.Contains("\"table\"", ready, StringComparison.Ordinal);
    }

    [NodeTheory]
    [InlineData("GET", "/mcp", 405)]
    [InlineData("DELETE", "/mcp", 405)]
    [InlineData("PUT", "/mcp", 404)]
    [InlineData("POST", "/health", 404)]
    [InlineData("HEAD", "/health", 404)]
    [InlineData("POST", "/cache", 404)]
    [InlineData("GET", "/cache/me", 404)]
    [InlineData("GET", "/sample/form", 404)]
    [InlineData("GET", "/nothing", 404)]
    public async Task What_is_not_served_is_405_on_the_endpoint_and_404_elsewhere(string verb, string path, int status)
    {
        using var answer = await world.Host.SendAsync(new HttpMethod(verb), path, HostKeys.Master);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 405 ? ["POST"] : [], answer.Content.Headers.Allow);
    }

    [NodeFact]
    public async Task A_public_host_name_is_served_though_the_worker_listens_on_loopback()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { Host = "forms.azurewebsites.net" } };
        using var answer = await world.Host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [NodeFact]
    public async Task What_the_host_says_of_the_headers_beside_the_request_is_not_believed()
    {
        var forged = Uri.EscapeDataString($$"""{"Authorization":"Bearer {{WorkerWorld.TokenOf("forged")}}"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/mcp?Headers={forged}")
        {
            Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Encoding.UTF8, "application/json"),
            Headers = { { "Accept", "application/json, text/event-stream" } },
        };
        Assert.DoesNotContain("create_request", (await world.Host.Rpc.SendAsync(request)).ToolNames);
        Assert.Equal(0, world.FormCallsOf(WorkerWorld.TokenOf("forged")));
    }

    [NodeFact]
    public async Task A_body_of_a_megabyte_is_served_and_one_byte_more_is_refused()
    {
        const string Message = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";
        var body = Message.PadRight(1_048_576);
        Assert.Contains("add", (await world.Host.Rpc.PostAsync(body)).ToolNames);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await world.Host.Rpc.PostAsync($"{body} ")).Status);
    }

    [NodeFact]
    public async Task The_timer_purges_the_tables()
    {
        await world.Host.Rpc.ListAsync(WorkerWorld.TokenOf("purge"));
        Assert.Equal(StatusResult.Types.Status.Success, (await world.Host.FireAsync("Purge")).Status);
        await Eventually.TrueAsync(
            () => world.Host.Log.Lines.Any(line => line.Text.StartsWith("Purged ", StringComparison.Ordinal)),
            "the host is told of the purge"
        );
        Assert.DoesNotContain(
            world.Host.Log.Lines,
            line => line.Text.StartsWith("The tables could not", StringComparison.Ordinal)
        );
    }

    private async Task<string> ReadAsync(HttpMethod method, string path, string? key = null)
    {
        using var answer = await world.Host.SendAsync(method, path, key);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
