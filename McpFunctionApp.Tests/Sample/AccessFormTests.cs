using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Sample;

/// <summary>The sample's third form: a service desk with an API of its own, spoken to by an adapter.</summary>
public sealed class AccessFormTests
{
    [Fact]
    public async Task All_three_forms_are_listed_and_an_access_request_is_submitted_as_the_adapter_says()
    {
        await using var app = await TestApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["urls"] = $"http://127.0.0.1:{FreePort.Next()}",
                ["SampleFormApi:Enabled"] = "true",
            }
        );
        var list = await app.Rpc.ListAsync(SampleHost.UserA);
        Assert.Equal(
            ["create_request", "create_change_request", "create_access_request"],
            list.ToolNames.Where(name => name.StartsWith("create_", StringComparison.Ordinal))
        );
        var schema = list.Tool("create_access_request")["inputSchema"]!;
        Assert.Equal(
            ["system", "role", "offices", "needed_until", "reason"],
            schema["properties"]!.AsObject().Select(property => property.Key)
        );
        Assert.Equal("""["system","role","reason"]""", schema["required"]!.ToJsonString());
        Assert.Equal(
            ["Reader > Own team", "Reader > All teams", "Editor > Own team", "Editor > All teams"],
            schema["properties"]!["role"]!["enum"]!.AsArray().Select(option => (string)option!)
        );

        var call = await app.Rpc.CallAsync(
            "create_access_request",
            """{"system":"Finance","role":"Editor > Own """
                + """team","offices":["Vienna"],"needed_until":"2026-12-31","reason":"Year end"}""",
            SampleHost.UserA
        );
        Assert.False(call.IsError, call.Body);
        Assert.Equal(
            ("ACC-1001", "ACC-1001", "waiting for approval"),
            (
                (string?)call.Result["structuredContent"]!["id"],
                (string?)call.Result["structuredContent"]!["number"],
                (string?)call.Result["structuredContent"]!["status"]
            )
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sample/requests");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {SampleHost.UserA}");
        using var own = await app.Http.SendAsync(request);
        Assert.Contains(
            """{"q_3001":12,"q_3002":"e-own","q_3003":[2],"q_3004":"2026-12-31","q_3005":"Year end"}""",
            await own.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"catalog":"it","answers":[{"question":"q_3001","answer":11},{"question":"q_9","answer":1}]}""", 422)]
    [InlineData("""{"catalog":"it","answers":7}""", 422)]
    [InlineData("""{"answers":[{"question":"q_3001"}]}""", 422)]
    [InlineData("[", 422)]
    public async Task The_sample_refuses_what_is_no_access_request(string body, int status)
    {
        await using var sample = await SampleHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sample/access/it/requests")
        {
            Content = new StringContent(body),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {SampleHost.UserA}");
        using var answer = await sample.Http.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(404, (int)(await sample.GetAsync("/sample/access/hr/questions", SampleHost.UserA)).StatusCode);
        Assert.Equal(401, (int)(await sample.GetAsync("/sample/access/it/questions", null)).StatusCode);
    }
}
