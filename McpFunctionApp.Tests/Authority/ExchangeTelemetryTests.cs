using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Telemetry;

namespace McpFunctionApp.Tests.Authority;

/// <summary>What telemetry tells of the questions to the authority: how long they take and what they come to.</summary>
public sealed class ExchangeTelemetryTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string OtherTrace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task A_question_to_the_authority_is_a_span_within_the_forms_and_is_measured_by_what_came_of_it()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        IReadOnlyList<string> tokens;
        await using (var rig = await StartAsync(receiver))
        {
            var first = rig.Token();
            await ListAsync(rig, first, Trace);
            rig.Tokens.OnSubmit = ExchangeRig.Refuse("invalid_grant", "consent_required");
            var second = rig.Token(""","jti":"2" """);
            await ListAsync(rig, second, OtherTrace);
            tokens = [first, second, .. rig.Given, ExchangeRig.Secret];
        }

        var given = Assert.Single(receiver.Spans, span => span.Name == "token_exchange" && span.TraceId == Trace);
        Assert.Equal("form_api fetch", Assert.Single(receiver.Spans, span => span.Id == given.ParentId).Name);
        Assert.Equal(("Forms:0", 0), (given["mcp_function_app.token_exchange.form"], given.Status));
        var refused = Assert.Single(receiver.Spans, span => span.Name == "token_exchange" && span.TraceId == OtherTrace);
        Assert.Equal(("consent_required", 2), (refused["error.type"], refused.Status));
        Assert.All(
            ["ok", "consent_required"],
            outcome =>
                Assert.Contains(
                    receiver.Points,
                    point =>
                        point.Name == "mcp_function_app.token_exchange.duration"
                        && point.Count > 0
                        && point["mcp_function_app.token_exchange.form"] == "Forms:0"
                        && point["mcp_function_app.outcome"] == outcome
                )
        );
        TokenLeaks.AssertNone(receiver.Raw, tokens);
    }

    private static Task<ExchangeRig> StartAsync(OtlpReceiver receiver) =>
        ExchangeRig.StartAsync([.. receiver.Settings.Select(setting => (setting.Key, setting.Value))]);

    private static Task<RpcAnswer> ListAsync(ExchangeRig rig, string token, string trace) =>
        rig.Rpc.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""",
            token,
            ("traceparent", $"00-{trace}-b7ad6b7169203331-01")
        );
}
