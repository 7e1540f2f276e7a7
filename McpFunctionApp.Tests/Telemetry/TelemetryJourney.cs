using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Telemetry;

/// <summary>A list, a call and a call that fails, and what an OTLP receiver has of them afterwards, whatever the host.</summary>
internal static class TelemetryJourney
{
    private const string Answer = "Echidna";

    /// <param name="api">Its address gets a query that nobody but it may see.</param>
    public static Dictionary<string, string?> Settings(OtlpReceiver receiver, FakeFormApi api) =>
        new(receiver.Settings)
        {
            ["Forms:0:Url"] = $"{api.FormUrl}?key=Pangolin",
            ["Forms:0:SubmitUrl"] = $"{api.SubmitUrl}?key=Pangolin",
        };

    public static async Task TravelAsync(RpcClient rpc, FakeFormApi api)
    {
        api.ServeFields(Given.Fields);
        Assert.Contains("create_request", (await rpc.ListAsync(Given.Token)).ToolNames);
        Assert.False((await rpc.CallAsync("create_request", Given.Call, Given.Token)).IsError);
        api.OnSubmit = context => FakeFormApi.Json(context, $$"""{"message":"{{Answer}}"}""", 503);
        Assert.True((await rpc.CallAsync("create_request", Given.Call, Given.Token)).IsError);
    }

    /// <summary>Call when the app has stopped: nothing more arrives then.</summary>
    public static void AssertArrivedOnce(OtlpReceiver receiver)
    {
        AssertSpans(receiver.Spans);
        AssertMetrics(receiver.Points);
        AssertLogs(receiver.Logs, receiver.Spans);
        TokenLeaks.AssertNone(receiver.Raw, [Given.Token]);
        Assert.All(
            ["Printer is on fire", Answer, "Pangolin"],
            secret => Assert.DoesNotContain(receiver.Raw, text => text.Contains(secret, StringComparison.OrdinalIgnoreCase))
        );
    }

    private static void AssertSpans(IReadOnlyList<OtlpSpan> spans)
    {
        Assert.Equal(spans.Count, spans.Select(span => span.Id).Distinct().Count());
        Assert.Equal(3, spans.Count(span => span is { Scope: "Microsoft.AspNetCore", Kind: 2 }));
        Assert.Equal("ok", Assert.Single(spans, span => span.Name == "tools/list")["mcp_function_app.outcome"]);
        Assert.Equal(
            ["ok", "tool_error"],
            spans.Where(span => span.Name == "tools/call create_request").Select(span => span["mcp_function_app.outcome"]).Order()
        );
        Assert.Equal(
            "submission_failed",
            Assert.Single(spans, span => span is { Name: "form_api submit", Status: 2 })["error.type"]
        );
        Assert.Equal(3, spans.Count(span => span is { Scope: "System.Net.Http", Kind: 3 }));
    }

    private static void AssertMetrics(IReadOnlyList<OtlpPoint> points)
    {
        AssertCounted(1, "mcp_function_app.requests", ("mcp.method.name", "tools/list"), ("mcp_function_app.outcome", "ok"));
        AssertCounted(1, "mcp_function_app.requests", ("mcp.method.name", "tools/call"), ("mcp_function_app.outcome", "ok"));
        AssertCounted(
            1,
            "mcp_function_app.requests",
            ("mcp.method.name", "tools/call"),
            ("mcp_function_app.outcome", "tool_error")
        );
        AssertCounted(
            1,
            "mcp_function_app.tool_calls",
            ("gen_ai.tool.name", "create_request"),
            ("mcp_function_app.outcome", "submission_failed")
        );
        Assert.Contains(points, point => point.Name == "http.server.request.duration");
        Assert.Contains(points, point => point.Name == "dotnet.gc.collections");

        void AssertCounted(ulong count, string name, params (string Name, string Value)[] attributes) =>
            Assert.Equal(
                count,
                points.Last(point => point.Name == name && attributes.All(one => point[one.Name] == one.Value)).Count
            );
    }

    private static void AssertLogs(IReadOnlyList<OtlpLog> logs, IReadOnlyList<OtlpSpan> spans)
    {
        Assert.Equal("McpFunctionApp.FormApi.FormFetch", Assert.Single(logs, line => line.EventId == 1001).Category);
        var failed = Assert.Single(logs, line => line.EventId == 2000);
        Assert.Equal(("Warning", "503"), (failed.Level, failed["Status"]));
        Assert.StartsWith("Submission of create_request by caller ", failed.Text, StringComparison.Ordinal);

        var audit = logs.Where(line => line.EventId == 4010).ToList();
        Assert.Equal(["ok", "submission_failed"], audit.Select(line => line["Outcome"]));
        Assert.All(audit, line => Assert.Equal(("create_request", 64), (line["Tool"], line["Caller"]!.Length)));
        Assert.Equal(
            spans.Where(span => span.Name == "tools/call create_request").Select(span => span.TraceId).Order(),
            audit.Select(line => line.TraceId).Order()
        );
    }
}
