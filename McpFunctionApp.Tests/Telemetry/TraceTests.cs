using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Telemetry;

public sealed class TraceTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = $"00-{Trace}-b7ad6b7169203331-01";
    private const string OtherTrace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task A_trace_that_a_client_begins_goes_on_to_the_form_API_without_its_baggage()
    {
        await using var api = await FakeFormApi.StartAsync();
        await using var app = await TestApp.StartAsync(api);
        await app.Rpc.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""",
            Given.Token,
            ("traceparent", Parent),
            ("tracestate", "vendor=1"),
            ("baggage", "user=Zaphod"),
            ("Correlation-Context", "user=Zaphod")
        );
        var headers = Assert.Single(api.FormCalls).Headers;
        Assert.Contains(Trace, headers["traceparent"].ToString(), StringComparison.Ordinal);
        Assert.Equal("vendor=1", headers["tracestate"]);
        Assert.DoesNotContain(headers, header => header.Value.ToString().Contains("Zaphod", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Baggage_goes_nowhere_with_a_receiver_either()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var api = await FakeFormApi.StartAsync();
        await using var app = await TestApp.StartAsync(api, settings: receiver.Settings);
        await app.Rpc.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""",
            Given.Token,
            ("traceparent", Parent),
            ("baggage", "user=Zaphod")
        );
        var headers = Assert.Single(api.FormCalls).Headers;
        Assert.Contains(Trace, headers["traceparent"].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(headers, header => header.Value.ToString().Contains("Zaphod", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_that_names_its_trace_goes_on_with_that_one_and_links_the_request_that_carried_it()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var api = await FakeFormApi.StartAsync();
        await using (var app = await TestApp.StartAsync(api, settings: receiver.Settings))
        {
            await app.Rpc.PostAsync(
                $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"traceparent":"{{{Parent}}}" } } }""",
                Given.Token,
                ("traceparent", $"00-{OtherTrace}-00f067aa0ba902b7-01")
            );
        }

        Assert.Contains(Trace, Assert.Single(api.FormCalls).Headers["traceparent"].ToString(), StringComparison.Ordinal);
        var list = Assert.Single(receiver.Spans, span => span.Name == "tools/list" && span.TraceId == Trace);
        Assert.Equal("b7ad6b7169203331", list.ParentId);
        Assert.Equal([OtherTrace], list.Links);
    }

    [Theory]
    [InlineData("""{"traceparent":"nonsense"}""")]
    [InlineData("""{"traceparent":7}""")]
    [InlineData("""{"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","tracestate":"a\r\nb: c"}""")]
    public async Task What_is_no_trace_is_no_trace(string meta)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var api = await FakeFormApi.StartAsync();
        await using var app = await TestApp.StartAsync(api, settings: receiver.Settings);
        var answer = await app.Rpc.RequestAsync("tools/list", new JsonObject { ["_meta"] = JsonNode.Parse(meta) }, Given.Token);
        Assert.NotEmpty(answer.ToolNames);
        var headers = Assert.Single(api.FormCalls).Headers;
        Assert.False(headers.ContainsKey("b"));
        Assert.DoesNotContain("nonsense", headers["traceparent"].ToString(), StringComparison.Ordinal);
    }
}
