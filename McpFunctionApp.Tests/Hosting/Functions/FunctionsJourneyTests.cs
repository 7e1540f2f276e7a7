using System.Net;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting.Functions;

/// <summary>What a client meets when it calls the function URL: the functions, the rooms behind them and the real Azure.Data.Tables against Azurite.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class FunctionsJourneyTests(AzuriteServer azurite) : IAsyncLifetime
{
    private FakeFormApi _api = null!;
    private FunctionsHost _host = null!;

    public async Task InitializeAsync()
    {
        _api = await FakeFormApi.StartAsync();
        _api.ServeByToken(token => token == Given.Token ? Given.Fields : null);
        _host = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _api.DisposeAsync();
    }

    [NodeFact]
    public async Task A_caller_gets_its_own_form_as_a_tool_and_others_the_static_ones()
    {
        Assert.Equal(["add", "echo", "multiply", "create_request"], (await _host.Rpc.ListAsync(Given.Token, perRequest: true)).ToolNames.OrderBy(name => name == "create_request"));
        Assert.DoesNotContain("create_request", (await _host.Rpc.ListAsync(Given.OtherToken)).ToolNames);
        Assert.DoesNotContain("create_request", (await _host.Rpc.ListAsync()).ToolNames);
        Assert.Equal("42", (await _host.Rpc.CallAsync("multiply", """{"a":6,"b":7}""")).Text);
    }

    [NodeFact]
    public async Task Another_instance_finds_the_form_in_the_table()
    {
        await _host.Rpc.ListAsync(Given.Token);
        await _host.DisposeAsync();
        _host = await StartAsync();

        Assert.Contains("create_request", (await _host.Rpc.ListAsync(Given.Token)).ToolNames);
        Assert.Single(_api.FormCalls);
    }

    [NodeFact]
    public async Task A_request_is_recorded_and_exported_to_whom_has_the_key()
    {
        var answer = await _host.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        var id = (string)answer.Result["structuredContent"]!["id"]!;

        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.Http.GetAsync("/requests")).StatusCode);
        Assert.Contains(id, await SendAsync(HttpMethod.Get, "/requests", HttpStatusCode.OK), StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task The_cache_is_reported_and_emptied_by_key_and_a_caller_empties_its_own()
    {
        await _host.Rpc.ListAsync(Given.Token);
        Assert.Contains("\"entries\":1", await SendAsync(HttpMethod.Get, "/cache", HttpStatusCode.OK), StringComparison.Ordinal);

        await SendAsync(HttpMethod.Delete, "/cache", HttpStatusCode.OK);
        await _host.Rpc.ListAsync(Given.Token);
        Assert.Equal(2, _api.FormCalls.Count);

        using var request = new HttpRequestMessage(HttpMethod.Delete, "/cache/me") { Headers = { { "Authorization", $"Bearer {Given.Token}" } } };
        Assert.Equal(HttpStatusCode.OK, (await _host.Http.SendAsync(request)).StatusCode);
        await _host.Rpc.ListAsync(Given.Token);
        Assert.Equal(3, _api.FormCalls.Count);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.Http.DeleteAsync("/cache")).StatusCode);
    }

    [NodeFact]
    public async Task Health_is_answered_and_readiness_looks_at_the_table()
    {
        Assert.Contains("alive", await _host.Http.GetStringAsync("/health"), StringComparison.Ordinal);
        var ready = await _host.Http.GetStringAsync("/health/ready");
        Assert.Contains("healthy", ready, StringComparison.Ordinal);
        Assert.Contains("\"table\"", ready, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task A_get_and_a_delete_of_the_endpoint_are_told_what_is_allowed()
    {
        var answer = await _host.Http.GetAsync("/mcp");
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST"), (answer.StatusCode, answer.Content.Headers.Allow.Single()));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _host.Http.DeleteAsync("/mcp")).StatusCode);
    }

    [NodeFact]
    public async Task A_public_host_name_is_served_though_the_worker_listens_on_loopback()
    {
        _host.Http.DefaultRequestHeaders.Host = "forms.azurewebsites.net";
        Assert.Equal(HttpStatusCode.OK, (await _host.Rpc.ListAsync()).Status);
    }

    [NodeFact]
    public async Task The_timer_purges_the_tables()
    {
        await _host.Rpc.ListAsync(Given.Token);
        await _host.FireAsync("Purge");

        Assert.Contains(_host.Log.Lines, line => line.EventId == 6010);
        Assert.DoesNotContain(_host.Log.Lines, line => line.EventId == 6011);
    }

    private Task<FunctionsHost> StartAsync() => FunctionsHost.StartAsync(new()
    {
        ["Forms:0:Tool"] = "create_request",
        ["Forms:0:Url"] = _api.FormUrl,
        ["TableStorage"] = azurite.ConnectionString,
    });

    private async Task<string> SendAsync(HttpMethod method, string path, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "x-functions-key", FunctionsHost.Key } } };
        using var response = await _host.Http.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
