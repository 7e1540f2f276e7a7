using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Search;

namespace McpFunctionApp.Tests.Telemetry;

/// <summary>A journey in which everything that must not be sent is somewhere: in headers, addresses, arguments, answers, names
/// and errors.</summary>
public sealed class NoSecretsTests
{
    // A word of its own for each place it comes from.
    private static readonly string[] s_secrets =
    [
        "Aardwolf",
        "Bandicoot",
        "Capybara",
        "Dugong",
        "Echidna",
        "Fossa",
        "Gharial",
        "Hoatzin",
        "Ibex",
        "Jerboa",
        "Kinkajou",
        "Loris",
        "Margay",
        "Numbat",
        "Okapi",
        "Pangolin",
    ];

    [Fact]
    public async Task No_token_argument_query_form_text_or_made_up_name_is_sent_to_the_receiver()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(
            """{"name":"Aardwolf","paramName":"bandicoot","type":"TextFieldRest","required":true,"description":"Capybara"}"""
                + """,{"name":"P","paramName":"p","type":"DropDownFieldRest","options":["Dugong"]}"""
        );
        api.OnSubmit = context => FakeFormApi.Json(context, """{"message":"Echidna"}""", 400);
        await using var elastic = await FakeFormApi.StartAsync();
        elastic.OnSubmit = context =>
            FakeFormApi.Json(context, SearchRig.Result(1, """{"_id":"Fossa","_score":7.5,"_source":{"name":"Gharial"}}"""));
        var app = await TestApp.StartAsync(
            api,
            settings: new(receiver.Settings)
            {
                ["Forms:0:SubmitUrl"] = api.SubmitUrl,
                ["Forms:0:Tool"] = "secretive",
                ["Elasticsearch:Url"] = elastic.Address,
            }
        );
        await using (app)
        {
            await TravelAsync(app.Rpc);
        }

        // What is looked through is there.
        Assert.Contains(receiver.Spans, span => span.Name == "tools/call secretive" && span["error.type"] == "tool_error");
        Assert.Contains(receiver.Spans, span => span is { Scope: "Experimental.ModelContextProtocol", Name: "prompts/get" });
        Assert.Contains(receiver.Spans, span => span is { Scope: "Experimental.ModelContextProtocol", Name: "tools/call" });
        Assert.Contains(
            receiver.Points,
            point => point.Name == "mcp_function_app.tool_calls" && point["gen_ai.tool.name"] == "secretive"
        );

        TokenLeaks.AssertNone(receiver.Raw, [Given.Token, Given.OtherToken]);
        foreach (var secret in s_secrets)
        {
            Assert.DoesNotContain(receiver.Raw, text => text.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task The_names_that_clients_make_up_are_one_time_series()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var api = await FakeFormApi.StartAsync();
        await using (var app = await TestApp.StartAsync(api, settings: receiver.Settings))
        {
            for (var i = 0; i < 20; i++)
            {
                await app.Rpc.RequestAsync($"made-up/{i}");
                await app.Rpc.CallAsync($"made-up-{i}", "{}");
            }
        }

        Assert.Contains(
            receiver.Points,
            point =>
                point.Name == "mcp.server.operation.duration"
                && point["mcp.method.name"] == "_OTHER"
                && point["error.type"] == "-32601"
        );
        Assert.Contains(
            receiver.Points,
            point =>
                point.Name == "mcp.server.operation.duration"
                && point["mcp.method.name"] == "tools/call"
                && point["error.type"] == "-32602"
        );
        Assert.DoesNotContain(receiver.RawButLogs, text => text.Contains("made-up", StringComparison.Ordinal));
    }

    private static async Task TravelAsync(RpcClient rpc)
    {
        await rpc.ListAsync(Given.Token);
        await rpc.CallAsync("secretive", """{"bandicoot":"Hoatzin"}""", Given.Token);
        await rpc.CallAsync("secretive", """{"bandicoot":"Hoatzin","p":"Ibex","Jerboa":1}""", Given.Token);
        await rpc.CallAsync("search_users", """{"query":"Kinkajou"}""", Given.Token);
        await rpc.RequestAsync("prompts/get", new JsonObject { ["name"] = "Loris" }, Given.Token, id: "Margay");
        await rpc.RequestAsync("resources/read", new JsonObject { ["uri"] = "file:///Numbat" }, Given.Token);
        await rpc.CallAsync(Given.OtherToken, "{}", Given.Token);

        // A member that only the SDK knows what to do with brings the SDK's own spans of a call.
        await rpc.RequestAsync(
            "tools/call",
            new JsonObject
            {
                ["name"] = "secretive",
                ["arguments"] = new JsonObject { ["p"] = "Okapi" },
                ["task"] = new JsonObject(),
            },
            Given.Token
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mcp?token=Pangolin");
        request.Headers.UserAgent.ParseAdd("Pangolin");
        await rpc.SendAsync(request);
    }
}
