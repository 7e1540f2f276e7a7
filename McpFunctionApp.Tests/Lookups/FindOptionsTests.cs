using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Lookups;

/// <summary>Options of a list that is too long to be listed can be looked for.</summary>
public sealed class FindOptionsTests : AppTests<WatchedApp>
{
    protected override void ServeForm() =>
        Api.ServeFields(
            $$"""{{Given.Fields}},{"name":"Asset","paramName":"asset","type":"DropDownFieldRest","""
                + $$"""{{MappedForm.Options(500, "Printer")}}}"""
        );

    protected override Task<WatchedApp> StartAsync() => WatchedApp.StartAsync(Api);

    [Fact]
    public async Task It_is_listed_where_a_form_has_such_a_field_and_names_it()
    {
        var tool = (await App.Rpc.ListAsync(Given.Token)).Tool("find_options");
        Assert.Equal("""["asset"]""", tool["inputSchema"]!["properties"]!["field"]!["enum"]!.ToJsonString());
        Assert.True((bool)tool["annotations"]!["readOnlyHint"]!);
        Assert.Contains(
            "find_options",
            (string)
                (await App.Rpc.ListAsync(Given.Token)).Tool("create_request")["inputSchema"]!["properties"]!["asset"]![
                    "description"
                ]!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_such_a_field_there_is_none()
    {
        Api.ServeFields(Given.Fields);
        Assert.DoesNotContain("find_options", (await App.Rpc.ListAsync(Given.Token)).ToolNames);
        Assert.Equal(-32602, (await App.Rpc.CallAsync("find_options", """{"field":"asset"}""", Given.Token)).Code);
    }

    [Fact]
    public async Task Labels_come_with_how_many_there_are()
    {
        var found = (await App.Rpc.CallAsync("find_options", """{"field":"asset","query":"printer 49"}""", Given.Token)).Result[
            "structuredContent"
        ]!;
        Assert.Equal(["options", "total"], found.AsObject().Select(member => member.Key));
        Assert.Equal("Printer 49", (string?)found["options"]![0]);
        Assert.Equal("Printer 490", (string?)found["options"]![1]);
        var all = (await App.Rpc.CallAsync("find_options", """{"field":"asset"}""", Given.Token)).Result["structuredContent"]!;
        Assert.Equal(20, all["options"]!.AsArray().Count);
        Assert.Equal(500, (int)all["total"]!);
    }

    [Theory]
    [InlineData("""{"field":"priority","query":"x"}""")]
    [InlineData("""{"query":"x"}""")]
    [InlineData("""{"field":"asset","query":"x","more":1}""")]
    public async Task Wrong_arguments_are_told(string arguments)
    {
        Assert.Equal("invalid_arguments", (await App.Rpc.CallAsync("find_options", arguments, Given.Token)).ErrorCode);
    }

    [Fact]
    public async Task Where_several_forms_have_such_fields_each_is_named_with_its_tool()
    {
        await using var other = await FakeFormApi.StartAsync();
        other.ServeFields(
            $$"""{"name":"Asset","paramName":"asset","type":"DropDownFieldRest",{{MappedForm.Options(300, "Server")}}}"""
        );
        await using var app = await WatchedApp.StartAsync(
            Api,
            null,
            new() { ["Forms:1:Url"] = other.FormUrl, ["Forms:1:Tool"] = "create_change" }
        );
        var list = await app.Rpc.ListAsync(Given.Token);
        Assert.Equal(
            """["create_request.asset","create_change.asset"]""",
            list.Tool("find_options")["inputSchema"]!["properties"]!["field"]!["enum"]!.ToJsonString()
        );
        Assert.Equal(list.Body, (await app.Rpc.ListAsync(Given.Token)).Body);
        Assert.Equal("Server 7", await FirstAsync(app, "create_change.asset"));
        Assert.Equal("Printer 7", await FirstAsync(app, "create_request.asset"));
    }

    [Fact]
    public async Task Nobody_finds_options_of_a_field_that_only_anothers_form_has()
    {
        var assets =
            $$"""{"name":"Asset","paramName":"asset","type":"DropDownFieldRest",{{MappedForm.Options(500, "Printer")}}}""";
        var others =
            $$"""{"name":"Asset","paramName":"asset","type":"DropDownFieldRest",{{MappedForm.Options(500, "Server")}}},"""
            + $$"""{"name":"Room","paramName":"room","type":"DropDownFieldRest",{{MappedForm.Options(500, "Vault")}}}""";
        Api.ServeByToken(token =>
            token == Given.Token ? assets
            : token == Given.OtherToken ? others
            : Given.Fields
        );
        Assert.Equal("Vault 7", await FirstAsync(App, "room", Given.OtherToken));
        Assert.Equal("Server 7", await FirstAsync(App, "asset", Given.OtherToken));
        Assert.Equal("Printer 7", await FirstAsync(App, "asset"));
        var refused = await App.Rpc.CallAsync("find_options", """{"field":"room","query":"7"}""", Given.Token);
        Assert.Equal("invalid_arguments", refused.ErrorCode);
        Assert.DoesNotContain("Vault", refused.Body, StringComparison.Ordinal);
        Assert.Equal(
            -32602,
            (await App.Rpc.CallAsync("find_options", """{"field":"asset","query":"7"}""", "another.token")).Code
        );
    }

    [Fact]
    public async Task Without_a_token_it_asks_for_one()
    {
        Assert.Equal("authentication_required", (await App.Rpc.CallAsync("find_options", """{"field":"asset"}""")).ErrorCode);
    }

    private static async Task<string?> FirstAsync(WatchedApp app, string field, string token = Given.Token)
    {
        var arguments = new JsonObject { ["field"] = field, ["query"] = "7" }.ToJsonString();
        return (string?)(await app.Rpc.CallAsync("find_options", arguments, token)).Result["structuredContent"]!["options"]![0];
    }
}
