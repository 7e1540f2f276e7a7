using McpFunctionApp.Tests.Hosting;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Search;
using McpFunctionApp.Tests.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace McpFunctionApp.Tests.Telemetry;

/// <summary>The built app in a process of its own, with OpenTelemetry's own variables in its environment.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task An_OTLP_receiver_gets_the_spans_and_metrics_of_a_journey()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var elastic = await FakeFormApi.StartAsync();
        elastic.OnSubmit = context => FakeFormApi.Json(context, SearchRig.Result(1, SearchRig.Hit));
        await using var table = await FakeTableService.StartAsync(FakeTableService.Status(404, "ResourceNotFound"));
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        await using var app = await AppProcess.RunAsync(
            [
                "--urls",
                address,
                "--Forms:0:Url",
                api.FormUrl,
                "--Forms:0:SubmitUrl",
                api.SubmitUrl,
                "--Elasticsearch:Url",
                elastic.Address,
                "--TableStorage",
                table.ConnectionString,
            ],
            new()
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-receiver-key=the key",
                ["OTEL_SERVICE_NAME"] = "the-service",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            }
        );
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        var rpc = new RpcClient(http);
        await rpc.ListAsync(Given.Token);
        await rpc.ListAsync(Given.Token);
        await rpc.CallAsync("create_request", Given.Call, Given.Token);
        await rpc.CallAsync("search_users", """{"query":"Zaphod"}""", Given.Token);
        await rpc.ListAsync();
        await rpc.RequestAsync("ping");

        await Eventually.TrueAsync(
            () => receiver.Spans.Any(span => span is { Scope: "Experimental.ModelContextProtocol", Name: "ping" }),
            "the last request's span arrives"
        );
        var spans = receiver.Spans;
        Assert.All(spans, span => Assert.Equal("the-service", span.Service));
        Assert.Equal("the key", receiver.Headers.First()["x-receiver-key"]);
        AssertSpans(spans);

        // An interval after the last request has ended, its measurements are there.
        await Eventually.TrueAsync(
            () => receiver.Points.Any(point => point.Name == "mcp_function_app.requests" && point["mcp.method.name"] == "ping"),
            "the last request is measured"
        );
        AssertMetrics(receiver.Points);
    }

    [Fact]
    public async Task Without_a_protocol_it_is_gRPC()
    {
        await using var receiver = await OtlpReceiver.StartAsync(HttpProtocols.Http2);
        await using var api = await FakeFormApi.StartAsync();
        await using (
            var app = await TestApp.StartAsync(api, settings: new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address })
        )
        {
            await app.Rpc.ListAsync();
        }

        Assert.Contains("/opentelemetry.proto.collector.trace.v1.TraceService/Export", receiver.Paths);
        Assert.Contains("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", receiver.Paths);
    }

    [Fact]
    public async Task A_wrong_endpoint_or_protocol_stops_the_start_and_names_the_setting()
    {
        var (exitCode, _, errors) = await AppProcess.FailAsync(
            ["--Forms:0:Url", "https://forms.example/form"],
            new()
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://user:password@collector:4317",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/json",
            }
        );
        Assert.Equal(1, exitCode);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT must be", errors, StringComparison.Ordinal);
        Assert.Contains("OTEL_EXPORTER_OTLP_PROTOCOL must be grpc or http/protobuf", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("password", errors, StringComparison.Ordinal);
    }

    private static void AssertSpans(IReadOnlyList<OtlpSpan> spans)
    {
        var request = spans.First(span => span.Scope == "Microsoft.AspNetCore");
        Assert.StartsWith("POST", request.Name, StringComparison.Ordinal);
        var list = spans.First(span => span.Name == "tools/list");
        Assert.Equal(request.Id, list.ParentId);
        Assert.Equal("2025-03-26", list["mcp.protocol.version"]);
        var fetch = Assert.Single(spans, span => span.Name == "form_api fetch");
        Assert.Equal((list.Id, "create_request"), (fetch.ParentId, fetch["gen_ai.tool.name"]));
        Assert.Contains(spans, span => span is { Scope: "System.Net.Http", Name: "GET" } && span.ParentId == fetch.Id);
        Assert.Contains(spans, span => span.Name == "get schemas" && span["db.system.name"] == "azure.table");

        var call = Assert.Single(spans, span => span.Name == "tools/call create_request");
        Assert.Contains(spans, span => span.Name == "form_api submit" && span.ParentId == call.Id);
        Assert.Contains(spans, span => span.Name == "search user" && span["db.system.name"] == "elasticsearch");
    }

    private static void AssertMetrics(IReadOnlyList<OtlpPoint> points)
    {
        AssertCounted(1, "mcp_function_app.requests", ("mcp.method.name", "ping"), ("mcp_function_app.outcome", "ok"));
        AssertCounted(3, "mcp_function_app.requests", ("mcp.method.name", "tools/list"), ("mcp_function_app.outcome", "ok"));
        AssertCounted(3, "mcp.server.operation.duration", ("mcp.method.name", "tools/list"));
        AssertCounted(
            1,
            "mcp.server.operation.duration",
            ("mcp.method.name", "tools/call"),
            ("gen_ai.tool.name", "create_request")
        );
        AssertCounted(1, "mcp_function_app.tool_calls", ("gen_ai.tool.name", "search_users"), ("mcp_function_app.outcome", "ok"));
        AssertCounted(
            1,
            "mcp_function_app.fallbacks",
            ("gen_ai.tool.name", "create_request"),
            ("mcp_function_app.fallback.reason", "no_token")
        );
        AssertCounted(3, "mcp_function_app.form_cache.hits", ("mcp_function_app.cache.level", "memory"));
        AssertCounted(0, "mcp_function_app.form_cache.hits", ("mcp_function_app.cache.level", "table"));
        AssertCounted(1, "mcp_function_app.form_cache.misses");
        AssertCounted(1, "mcp_function_app.form_cache.entries", ("mcp_function_app.cache.entry", "caller"));
        AssertCounted(1, "mcp_function_app.form_cache.entries", ("mcp_function_app.cache.entry", "form"));
        Assert.Contains(points, point => point is { Name: "mcp_function_app.form_cache.size", Unit: "By", Count: > 1_000 });
        AssertCounted(
            1,
            "mcp_function_app.form_api.duration",
            ("mcp_function_app.form_api.operation", "fetch"),
            ("mcp_function_app.outcome", "ok")
        );
        AssertCounted(
            1,
            "mcp_function_app.form_api.duration",
            ("mcp_function_app.form_api.operation", "submit"),
            ("mcp_function_app.outcome", "ok")
        );
        AssertCounted(1, "db.client.operation.duration", ("db.system.name", "elasticsearch"), ("db.collection.name", "user"));
        Assert.Contains(points, point => point.Name == "http.server.request.duration" && point["http.route"] == "/mcp");
        Assert.Contains(points, point => point.Name == "http.client.request.duration");
        Assert.DoesNotContain(points, point => point.Scope == "Experimental.ModelContextProtocol");

        void AssertCounted(ulong count, string name, params (string Name, string Value)[] attributes) =>
            Assert.Equal(
                count,
                points
                    .Last(point => point.Name == name && attributes.All(attribute => point[attribute.Name] == attribute.Value))
                    .Count
            );
    }
}
