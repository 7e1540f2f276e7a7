using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using McpFunctionApp.Page;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Page;

/// <summary>The form in a chat as a resource of MCP Apps.</summary>
public sealed class FormResourceTests : AppTests<TestApp>
{
    private const string Uri = "ui://mcp-function-app/form";
    private const int LargestCompressed = 20 * 1024;

    protected override void ServeForm() => Api.ServeByToken(token => token == Given.Token ? Given.Fields : null);

    protected override Task<TestApp> StartAsync() => TestApp.StartAsync(Api);

    [Fact]
    public void What_is_embedded_is_what_is_in_the_folder()
    {
        var folder = Path.Combine(NodeRig.ProjectDirectory, "..", "McpFunctionApp", "Page", "View");
        var files = Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        const string prefix = "McpFunctionApp.Page.View.";
        Assert.Equal(
            files,
            typeof(ViewDocument)
                .Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(name => name[prefix.Length..])
                .Order(StringComparer.Ordinal)
        );
        Assert.All(files, name => Assert.Equal(File.ReadAllText(Path.Combine(folder, name!)), ViewDocument.Resource(name!)));
        Assert.All(
            ["app.html", "page.html"],
            name => Assert.DoesNotContain(".js}", ViewDocument.Read(name), StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, Given.Token)]
    [InlineData(true, Given.Token)]
    public async Task It_is_listed_and_read_the_same_by_everybody(bool perRequest, string? token)
    {
        var list = await SendAsync("resources/list", [], token, perRequest);
        var listed = Assert.Single(list.Result["resources"]!.AsArray())!;
        Assert.Equal(Uri, (string?)listed["uri"]);
        Assert.Equal("text/html;profile=mcp-app", (string?)listed["mimeType"]);

        var read = await SendAsync("resources/read", new() { ["uri"] = Uri }, token, perRequest);
        var content = Assert.Single(read.Result["contents"]!.AsArray())!;
        Assert.Equal(Uri, (string?)content["uri"]);
        Assert.Equal("text/html;profile=mcp-app", (string?)content["mimeType"]);
        Assert.StartsWith("<!doctype html>", (string?)content["text"], StringComparison.Ordinal);

        // Without a policy of its own: a host's default allows what it needs.
        Assert.Equal("""{"prefersBorder":true}""", content["_meta"]!["ui"]!.ToJsonString());
        foreach (var (answer, scope) in new[] { (list, "private"), (read, "public") })
        {
            Assert.Equal(perRequest ? scope : null, (string?)answer.Result["cacheScope"]);
            Assert.Equal(perRequest, (int?)answer.Result["ttlMs"] > 0);
        }

        Assert.Empty(Api.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_resource_is_refused_by_its_address(bool perRequest)
    {
        var answer = await SendAsync("resources/read", new() { ["uri"] = "ui://mcp-function-app/other" }, null, perRequest);
        Assert.Equal(-32602, answer.Code);
        Assert.Equal("ui://mcp-function-app/other", (string?)answer.Error["data"]!["uri"]);
    }

    [Fact]
    public async Task Without_drafts_there_is_neither_the_resource_nor_a_word_of_it()
    {
        await using var app = await TestApp.StartAsync(Api, settings: new() { ["Forms:0:Draft"] = "false" });
        var discovery = await app.Rpc.PerRequestAsync("server/discover");
        Assert.Null(discovery.Result["capabilities"]!["resources"]);
        Assert.Null(discovery.Result["capabilities"]!["extensions"]);
        Assert.NotNull(discovery.Result["capabilities"]!["tools"]);
        Assert.Empty((await app.Rpc.RequestAsync("resources/list")).Result["resources"]!.AsArray());
        Assert.Equal(-32602, (await app.Rpc.RequestAsync("resources/read", new() { ["uri"] = Uri })).Code);
        Assert.DoesNotContain("draft_create_request", (await app.Rpc.ListAsync(Given.Token)).ToolNames);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_drafts_tool_opens_it(bool perRequest)
    {
        var tool = (await App.Rpc.ListAsync(Given.Token, perRequest)).Tool("draft_create_request");
        Assert.Equal(Uri, (string?)tool["_meta"]!["ui"]!["resourceUri"]);
    }

    [Fact]
    public async Task Both_eras_hear_of_the_extension_and_see_the_servers_icon()
    {
        var client = JsonNode.Parse(
            """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}"""
        )!;
        var handshake = await SendAsync("initialize", client.AsObject(), null, false);
        var discovery = await SendAsync("server/discover", [], null, true);
        foreach (
            var (answer, server) in new[]
            {
                (handshake, handshake.Result["serverInfo"]),
                (discovery, discovery.Result["_meta"]!["io.modelcontextprotocol/serverInfo"]),
            }
        )
        {
            Assert.NotNull(answer.Result["capabilities"]!["resources"]);
            Assert.NotNull(answer.Result["capabilities"]!["extensions"]!["io.modelcontextprotocol/ui"]);
            var icon = Assert.Single(server!["icons"]!.AsArray())!;
            Assert.StartsWith("data:image/svg+xml;base64,", (string?)icon["src"], StringComparison.Ordinal);
            Assert.InRange(((string)icon["src"]!).Length, 100, 500);
        }
    }

    [Fact]
    public async Task Answers_that_are_no_discovery_say_who_gave_them_without_the_icon()
    {
        foreach (var method in new[] { "tools/list", "resources/list", "prompts/list" })
        {
            var server = (await SendAsync(method, [], null, true)).Result["_meta"]!["io.modelcontextprotocol/serverInfo"]!;
            Assert.Equal("mcp-function-app", (string?)server["name"]);
            Assert.Null(server["icons"]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_tool_but_those_that_help_with_a_form_has_a_short_icon_that_needs_no_network(bool perRequest)
    {
        var tools = (await App.Rpc.ListAsync(Given.Token, perRequest)).Result["tools"]!.AsArray();
        var withIcon = tools.Where(tool => tool!["icons"] is not null).ToList();
        Assert.Equal(["add", "echo", "multiply", "create_request"], withIcon.Select(tool => (string?)tool!["name"]));
        foreach (var icon in withIcon.Select(tool => Assert.Single(tool!["icons"]!.AsArray())!))
        {
            Assert.Equal("image/svg+xml", (string?)icon["mimeType"]);
            Assert.Equal("any", (string?)Assert.Single(icon["sizes"]!.AsArray()));
            var source = (string)icon["src"]!;
            Assert.InRange(source.Length, 100, 150);
            Assert.True(System.Uri.IsWellFormedUriString(source, UriKind.Absolute), source);
            var drawing = XElement.Parse(System.Uri.UnescapeDataString(source["data:image/svg+xml,".Length..]));
            Assert.Equal("{http://www.w3.org/2000/svg}svg", drawing.Name.ToString());
        }
    }

    [Fact]
    public async Task It_is_one_small_document_that_names_nothing_outside()
    {
        var read = await SendAsync("resources/read", new() { ["uri"] = Uri }, null, false);
        var document = (string)read.Result["contents"]![0]!["text"]!;
        Assert.DoesNotMatch("""(src|href)="|url\(|@import|<link|fetch\(|XMLHttpRequest|WebSocket""", document);
        Assert.DoesNotMatch("""innerHTML|insertAdjacentHTML|document\.write|eval\(""", document);
        Assert.Single(Regex.Matches(document, "</script>"));
        Assert.Single(Regex.Matches(document, "</style>"));
        Assert.InRange(await CompressedAsync(document), 1, LargestCompressed);
    }

    private Task<RpcAnswer> SendAsync(string method, JsonObject parameters, string? token, bool perRequest) =>
        perRequest ? App.Rpc.PerRequestAsync(method, parameters, token) : App.Rpc.RequestAsync(method, parameters, token);

    private static async Task<long> CompressedAsync(string text)
    {
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(text));
        }

        return compressed.Length;
    }
}
