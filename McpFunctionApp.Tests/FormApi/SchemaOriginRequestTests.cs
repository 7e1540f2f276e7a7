using System.IO.Compression;
using System.Text;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.FormApi;

/// <summary>What the form API is sent, and what it is not.</summary>
public sealed class SchemaOriginRequestTests
{
    [Fact]
    public async Task It_is_a_GET_for_JSON_with_the_callers_token_and_nothing_else_of_the_request()
    {
        await using var api = await FakeFormApi.StartAsync();
        await using var app = await WatchedApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = $"{api.FormUrl}?module=it%20desk" }
        );
        await app.Rpc.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""",
            Given.Token,
            ("Cookie", "session=1"),
            ("X-Forwarded-For", "10.0.0.1"),
            ("traceparent", "00-1-2-01")
        );
        var call = Assert.Single(api.Calls);
        Assert.Equal("GET", call.Method);
        Assert.Equal($"Bearer {Given.Token}", call.Headers.Authorization);
        Assert.Equal("application/json", call.Headers.Accept);
        Assert.Empty(call.Body);
        Assert.False(call.Headers.ContainsKey("Cookie"));
        Assert.False(call.Headers.ContainsKey("X-Forwarded-For"));
        Assert.DoesNotContain(app.Log.Lines, line => line.Category.StartsWith("System.Net.Http", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_addresss_query_is_kept()
    {
        var query = "";
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = context =>
        {
            query = context.Request.QueryString.Value;
            return FakeFormApi.Json(context, Given.Form);
        };
        await using var app = await WatchedApp.StartAsync(
            new Dictionary<string, string?> { ["Forms:0:Url"] = $"{api.FormUrl}?module=it%20desk" }
        );
        await app.Rpc.ListAsync(Given.Token);
        Assert.Equal("?module=it%20desk", query);
    }

    [Fact]
    public async Task A_cookie_of_one_answer_is_not_sent_with_the_next_request()
    {
        var clock = new ManualClock();
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = context =>
        {
            context.Response.Headers.SetCookie = "session=of-the-first-caller; Path=/";
            return FakeFormApi.Json(context, Given.Form);
        };
        await using var app = await WatchedApp.StartSubmittingAsync(api, clock);
        await app.Rpc.ListAsync(Given.Token);
        await app.Rpc.ListAsync(Given.OtherToken);
        await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        Assert.Equal(3, api.Calls.Count);
        Assert.All(api.Calls, call => Assert.False(call.Headers.ContainsKey("Cookie")));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed_with_the_token(int status)
    {
        await using var elsewhere = await FakeFormApi.StartAsync();
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = elsewhere.FormUrl;
            return Task.CompletedTask;
        };
        await using var app = await WatchedApp.StartAsync(api);
        Assert.Equal("malformed", (await app.Rpc.ListAsync(Given.Token)).FallbackReason);
        Assert.Single(api.Calls);
        Assert.Empty(elsewhere.Calls);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_form_is_decoded(string encoding)
    {
        await using var api = await FakeFormApi.StartAsync();
        api.OnForm = FormApiAnswers.Encoded(encoding, () => Pack(encoding));
        await using var app = await WatchedApp.StartAsync(api);
        Assert.Contains("create_request", (await app.Rpc.ListAsync(Given.Token)).ToolNames);
        Assert.Contains(encoding, Assert.Single(api.Calls).Headers.AcceptEncoding.ToString(), StringComparison.Ordinal);
    }

    private static byte[] Pack(string encoding)
    {
        using var packed = new MemoryStream();
        using (
            Stream packer = encoding switch
            {
                "gzip" => new GZipStream(packed, CompressionLevel.Fastest),
                "br" => new BrotliStream(packed, CompressionLevel.Fastest),
                _ => new ZLibStream(packed, CompressionLevel.Fastest),
            }
        )
        {
            packer.Write(Encoding.UTF8.GetBytes(Given.Form));
        }

        return packed.ToArray();
    }
}
