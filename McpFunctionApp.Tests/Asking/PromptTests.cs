using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Asking;

/// <summary>Each form is also a prompt, with its required fields as arguments.</summary>
public sealed class PromptTests(PromptApp shared) : IClassFixture<PromptApp>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_listed_with_the_required_fields(bool perRequest)
    {
        var list = await ListAsync(Given.Token, perRequest);
        var prompt = Assert.Single(list.Result["prompts"]!.AsArray())!;
        Assert.Equal("create_request", (string?)prompt["name"]);
        Assert.Equal("Create request", (string?)prompt["title"]);
        Assert.Equal(
            ["subject", "priority", "asset", "flag"],
            prompt["arguments"]!.AsArray().Select(argument => (string?)argument!["name"])
        );
        Assert.All(prompt["arguments"]!.AsArray(), argument => Assert.True((bool)argument!["required"]!));
        Assert.Equal(perRequest ? 300_000 : null, (long?)list.Result["ttlMs"]);
        Assert.Equal(perRequest ? "private" : null, (string?)list.Result["cacheScope"]);
    }

    [Fact]
    public async Task A_caller_without_a_form_has_none()
    {
        Assert.Empty((await ListAsync(null)).Result["prompts"]!.AsArray());
        Assert.Empty((await ListAsync(Given.OtherToken)).Result["prompts"]!.AsArray());
        Assert.Equal(-32602, (await GetAsync("{}", Given.OtherToken)).Code);
        Assert.Equal(-32602, (await GetAsync("{}", null)).Code);
        Assert.Empty((await CompleteAsync("priority", "l", Given.OtherToken))["values"]!.AsArray());
    }

    [Fact]
    public async Task With_all_arguments_it_tells_the_model_what_to_do()
    {
        var result = (await GetAsync("""{"subject":"Printer","priority":"HIGH","asset":"Option 7","flag":"true"}""")).Result;
        var message = Assert.Single(result["messages"]!.AsArray())!;
        Assert.Equal("user", (string?)message["role"]);
        var text = (string)message["content"]!["text"]!;
        Assert.Contains("create_request", text, StringComparison.Ordinal);
        Assert.Contains(
            """{"subject":"Printer","priority":"high","asset":"Option 7","flag":true}""",
            text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("{}", "subject")]
    [InlineData("""{"subject":"","priority":"low","asset":"Option 1","flag":"true"}""", "subject")]
    [InlineData("""{"subject":"x","priority":"hihg","asset":"Option 1","flag":"true"}""", "Nearest: high")]
    public async Task A_missing_or_wrong_argument_is_minus_32602_which_says_what_to_mend(string arguments, string said)
    {
        var answer = await GetAsync(arguments);
        Assert.Equal(-32602, answer.Code);
        Assert.Contains(said, (string)answer.Error["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completions_come_from_the_options()
    {
        Assert.Equal("""{"values":["low"],"total":1,"hasMore":false}""", Normal(await CompleteAsync("priority", "lo")));
        Assert.Equal("""{"values":["low","high"],"total":2,"hasMore":false}""", Normal(await CompleteAsync("priority", "")));
        Assert.Equal("""{"values":["true"],"total":1,"hasMore":false}""", Normal(await CompleteAsync("flag", "T")));
        Assert.Empty((await CompleteAsync("subject", "a"))["values"]!.AsArray());
        Assert.Empty((await CompleteAsync("note", "a"))["values"]!.AsArray());
        Assert.Empty((await CompleteAsync("nothing", "a"))["values"]!.AsArray());
    }

    [Fact]
    public async Task A_hundred_values_are_given_at_most_and_the_rest_counted()
    {
        var completion = await CompleteAsync("asset", "option");
        Assert.Equal(100, completion["values"]!.AsArray().Count);
        Assert.Equal(250, (int)completion["total"]!);
        Assert.True((bool)completion["hasMore"]!);
    }

    [Fact]
    public async Task What_a_server_can_do_is_said_without_asking_a_form_API()
    {
        var before = shared.Api.Calls.Count;
        var initialize = new JsonObject
        {
            ["protocolVersion"] = "2025-11-25",
            ["capabilities"] = new JsonObject(),
            ["clientInfo"] = new JsonObject { ["name"] = "t", ["version"] = "1" },
        };
        var answer = await shared.App.Rpc.RequestAsync("initialize", initialize, Given.Token);
        Assert.NotNull(answer.Result["capabilities"]!["prompts"]);
        Assert.NotNull(answer.Result["capabilities"]!["completions"]);
        Assert.NotNull(
            (await shared.App.Rpc.PerRequestAsync("server/discover", token: Given.Token)).Result["capabilities"]!["prompts"]
        );
        Assert.Equal(before, shared.Api.Calls.Count);
    }

    private Task<RpcAnswer> ListAsync(string? token, bool perRequest = false) =>
        perRequest
            ? shared.App.Rpc.PerRequestAsync("prompts/list", token: token)
            : shared.App.Rpc.RequestAsync("prompts/list", token: token);

    private Task<RpcAnswer> GetAsync(string arguments, string? token = Given.Token) =>
        shared.App.Rpc.RequestAsync(
            "prompts/get",
            new JsonObject { ["name"] = "create_request", ["arguments"] = JsonNode.Parse(arguments) },
            token
        );

    private async Task<JsonNode> CompleteAsync(string argument, string value, string? token = Given.Token)
    {
        var parameters = new JsonObject
        {
            ["ref"] = new JsonObject { ["type"] = "ref/prompt", ["name"] = "create_request" },
            ["argument"] = new JsonObject { ["name"] = argument, ["value"] = value },
        };
        return (await shared.App.Rpc.RequestAsync("completion/complete", parameters, token)).Result["completion"]!;
    }

    private static string Normal(JsonNode completion) =>
        new JsonObject
        {
            ["values"] = completion["values"]!.DeepClone(),
            ["total"] = completion["total"]?.DeepClone(),
            ["hasMore"] = completion["hasMore"]?.DeepClone(),
        }.ToJsonString();
}
