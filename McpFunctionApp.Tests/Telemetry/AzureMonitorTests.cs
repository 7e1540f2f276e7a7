using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Hosting;
using McpFunctionApp.Tests.Infrastructure;
using static McpFunctionApp.Tests.Telemetry.AzureMonitorNames;

namespace McpFunctionApp.Tests.Telemetry;

/// <summary>What Application Insights gets, by the names under which the queries in infra/queries ask for it.</summary>
public sealed class AzureMonitorTests
{
    [LinuxFact]
    public async Task A_connection_string_alone_sends_what_the_queries_ask_for()
    {
        await using var monitor = await IngestionReceiver.StartAsync();
        await TravelAsync(new() { [Connection] = monitor.ConnectionString });

        var messages = monitor
            .Of("RequestData")
            .Where(request => Property(request, "mcp_function_app.outcome") is not null)
            .ToList();
        Assert.Equal(
            ["tools/call create_request: ok", "tools/call create_request: tool_error", "tools/list: ok"],
            messages.Select(request => $"{request["name"]}: {Property(request, "mcp_function_app.outcome")}").Order()
        );
        Assert.Contains(monitor.Of("RemoteDependencyData"), span => (string?)span["name"] == "form_api submit");

        var audit = Lines(monitor, 4010);
        Assert.Equal(["ok", "submission_failed"], audit.Select(line => Property(line, "Outcome")));
        Assert.All(audit, line => Assert.Equal("create_request", Property(line, "Tool")));
        Assert.All(audit, line => Assert.Equal(64, Property(line, "Caller")!.Length));
        Assert.All(
            audit,
            line =>
                Assert.True(double.Parse(Property(line, "Milliseconds")!, System.Globalization.CultureInfo.InvariantCulture) > 0)
        );
        Assert.All(["Subject", "Form", "Request"], name => Assert.NotNull(Property(audit[0], name)));
        Assert.Equal("McpFunctionApp.Execution.FormSubmission", Property(Assert.Single(Lines(monitor, 2000)), "CategoryName"));

        Assert.Equal(
            1,
            Metric(monitor, "mcp_function_app.requests", ("mcp.method.name", "tools/list"), ("mcp_function_app.outcome", "ok"))
        );
        Assert.Equal(
            1,
            Metric(
                monitor,
                "mcp_function_app.tool_calls",
                ("gen_ai.tool.name", "create_request"),
                ("mcp_function_app.outcome", "submission_failed")
            )
        );
        AssertNothingSecret(monitor);
    }

    [LinuxFact(IsSlow = true)]
    public async Task Lines_and_metrics_arrive_though_no_span_is_wanted()
    {
        await using var monitor = await IngestionReceiver.StartAsync();
        await TravelAsync(
            new()
            {
                [Connection] = monitor.ConnectionString,
                [Sampler] = "microsoft.fixed_percentage",
                ["OTEL_TRACES_SAMPLER_ARG"] = "0",
            }
        );
        Assert.Empty(monitor.Of("RequestData"));
        Assert.Equal(2, Lines(monitor, 4010).Count);
        Assert.Equal(
            1,
            Metric(monitor, "mcp_function_app.requests", ("mcp.method.name", "tools/list"), ("mcp_function_app.outcome", "ok"))
        );
    }

    [LinuxFact(IsSlow = true)]
    public async Task Both_receivers_get_everything()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var monitor = await IngestionReceiver.StartAsync();
        await TravelAsync(
            new()
            {
                [Connection] = monitor.ConnectionString,
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            }
        );
        TelemetryJourney.AssertArrivedOnce(receiver);
        Assert.Equal(2, Lines(monitor, 4010).Count);
    }

    [LinuxTheory(IsSlow = true)]
    [InlineData("Authorization=AAD;ClientId=11111111-2222-3333-4444-555555555555", "11111111-2222-3333-4444-555555555555")]
    [InlineData("Authorization=AAD", null)]
    public async Task The_apps_identity_signs_in_where_it_is_told_to(string signIn, string? client)
    {
        await using var identity = await FakeFormApi.StartAsync();
        var asked = new List<(string Resource, string? Client)>();
        var expires = DateTimeOffset.UtcNow.AddHours(24).ToUnixTimeSeconds();
        identity.OnForm = context =>
        {
            lock (asked)
            {
                asked.Add(($"{context.Request.Query["resource"]}", context.Request.Query["client_id"]));
            }

            return FakeFormApi.Json(
                context,
                $$"""{"access_token":"token-of-the-identity","expires_on":"{{expires}}","token_type":"Bearer"}"""
            );
        };
        await using var monitor = await IngestionReceiver.StartAsync(https: true);
        var trusted = Path.GetTempFileName();
        await File.WriteAllTextAsync(trusted, monitor.CertificatePem);
        await TravelAsync(
            new()
            {
                [Connection] = monitor.ConnectionString,
                [SignIn] = signIn,
                ["IDENTITY_ENDPOINT"] = $"{identity.Address}/msi/token",
                ["IDENTITY_HEADER"] = "the-header",
                ["SSL_CERT_FILE"] = trusted,
            }
        );
        File.Delete(trusted);

        Assert.NotEmpty(monitor.Tokens);
        Assert.All(monitor.Tokens, token => Assert.Equal("token-of-the-identity", token));
        Assert.All(asked, one => Assert.StartsWith("https://monitor.azure.com", one.Resource, StringComparison.Ordinal));
        Assert.All(asked, one => Assert.Equal(client, one.Client));
        Assert.Equal(2, Lines(monitor, 4010).Count);
        AssertNothingSecret(monitor);
    }

    private static async Task TravelAsync(Dictionary<string, string> environment)
    {
        await using var api = await FakeFormApi.StartAsync();
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        await using var app = await AppProcess.RunAsync(
            [
                "--urls",
                address,
                "--Forms:0:Url",
                $"{api.FormUrl}?key=Pangolin",
                "--Forms:0:SubmitUrl",
                $"{api.SubmitUrl}?key=Pangolin",
            ],
            new(environment) { ["APPLICATIONINSIGHTS_STATSBEAT_DISABLED"] = "true" }
        );
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        await TelemetryJourney.TravelAsync(new RpcClient(http), api);
        await app.StopAsync();
    }

    private static List<JsonNode> Lines(IngestionReceiver monitor, int eventId) =>
        [.. monitor.Of("MessageData").Where(line => Property(line, "EventId") == $"{eventId}")];

    private static string? Property(JsonNode item, string name) => (string?)item["properties"]?[name];

    private static double Metric(IngestionReceiver monitor, string name, params (string Name, string Value)[] attributes) =>
        monitor
            .Of("MetricData")
            .Where(one => attributes.All(attribute => Property(one, attribute.Name) == attribute.Value))
            .SelectMany(one => one["metrics"]!.AsArray())
            .Where(metric => (string?)metric!["name"] == name)
            .Sum(metric => (double)metric!["value"]!);

    private static void AssertNothingSecret(IngestionReceiver monitor)
    {
        TokenLeaks.AssertNone(monitor.Raw.SelectMany(body => body.Split('\n')), [Given.Token]);
        Assert.All(
            ["Printer is on fire", "Echidna", "Pangolin"],
            secret => Assert.DoesNotContain(monitor.Raw, text => text.Contains(secret, StringComparison.OrdinalIgnoreCase))
        );
    }
}
