using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Search;

/// <summary>Whatever Elasticsearch answers, a search is a result or an error with its code, and one warning without the
/// query.</summary>
public sealed class SearchFaultTests(SharedSearch search) : IClassFixture<SharedSearch>
{
    private const string NoIndex =
        """{"error":{"type":"index_not_found_exception","reason":"no such index [user]"},"status":404}""";

    private const string Closed = """{"error":{"type":"index_closed_exception","reason":"closed","index":"user"},"status":400}""";
    private const string Blocked =
        """{"error":{"type":"cluster_block_exception","reason":"FORBIDDEN/4/index closed"},"status":403}""";

    private static readonly Dictionary<string, (string Code, RequestDelegate Answer)> s_answers = new()
    {
        ["401"] = ("search_unavailable", Status(401)),
        ["403"] = ("search_unavailable", Status(403)),
        ["400"] = ("search_unavailable", Status(400, """{"error":{"type":"parsing_exception"}}""")),
        ["400 of a closed index"] = ("search_unavailable", Status(400, Closed)),
        ["403 of a closed index"] = ("search_unavailable", Status(403, Blocked)),
        ["404 of an index"] = ("index_missing", Status(404, NoIndex)),
        ["404 of something else"] = ("search_unavailable", Status(404, "<html>no such page</html>")),
        ["404 in other JSON"] = ("search_unavailable", Status(404, """{"error":"index_not_found_exception"}""")),
        ["408"] = ("search_unavailable", Status(408)),
        ["500"] = ("search_unavailable", Status(500)),
        ["201"] = ("search_unavailable", Status(201, SearchRig.Result(1, SearchRig.Hit))),
        ["204"] = ("search_unavailable", Status(204)),
        ["302"] = ("search_unavailable", Redirect),
        ["a lost connection"] = ("search_unavailable", Abort),
        ["an empty body"] = ("search_unavailable", Status(200)),
        ["HTML"] = ("search_unavailable", Status(200, "<!doctype html><title>Sign in</title>")),
        ["a list"] = ("search_unavailable", Status(200, "[]")),
        ["null"] = ("search_unavailable", Status(200, "null")),
        ["no hits"] = ("search_unavailable", Status(200, """{"took":1}""")),
        ["hits that are a list"] = ("search_unavailable", Status(200, """{"hits":[]}""")),
        ["hits without a total"] = ("search_unavailable", Status(200, """{"hits":{"hits":[]}}""")),
        ["a total below 0"] = ("search_unavailable", Status(200, """{"hits":{"total":{"value":-1},"hits":[]}}""")),
        ["a total that is a text"] = ("search_unavailable", Status(200, """{"hits":{"total":{"value":"1"},"hits":[]}}""")),
        ["a hit that is a number"] = ("search_unavailable", Status(200, SearchRig.Result(1, "7"))),
        ["a hit without an id"] = ("search_unavailable", Status(200, SearchRig.Result(1, """{"_score":1}"""))),
        ["a hit without a score"] = ("search_unavailable", Status(200, SearchRig.Result(1, """{"_id":"1","_score":null}"""))),
        ["an infinite score"] = ("search_unavailable", Status(200, SearchRig.Result(1, """{"_id":"1","_score":1e400}"""))),
        ["half a surrogate pair"] = ("search_unavailable", Status(200, SearchRig.Result(1, """{"_id":"\ud800","_score":1}"""))),
        ["half a surrogate pair in a name"] = ("search_unavailable", Status(200, """{"\ud800":1,"hits":7}""")),
        ["half a surrogate pair in a field"] = (
            "search_unavailable",
            Status(200, SearchRig.Result(1, """{"_id":"1","_score":1,"_source":{"name":"\ud800"}}"""))
        ),
        ["half a surrogate pair in a list"] = (
            "search_unavailable",
            Status(200, SearchRig.Result(1, """{"_id":"1","_score":1,"_source":{"name":["a","\ud800"]}}"""))
        ),
        ["404 with half a surrogate pair"] = ("search_unavailable", Status(404, """{"error":{"type":"\ud800"}}""")),
        ["404 with half a surrogate pair in a name"] = (
            "search_unavailable",
            Status(404, """{"error":{"\ud800":1,"typ":"x"}}""")
        ),
        ["half an answer"] = ("search_unavailable", Status(200, SearchRig.Result(1, SearchRig.Hit)[..^5])),
        ["nested too deeply"] = (
            "search_unavailable",
            Status(200, "{\"hits\":" + new string('[', 1_000) + new string(']', 1_000) + "}")
        ),
        ["timed out"] = (
            "search_unavailable",
            Status(200, SearchRig.Result(1, SearchRig.Hit).Replace("false", "true", StringComparison.Ordinal))
        ),
        ["more than 2 MiB"] = (
            "search_unavailable",
            Status(200, SearchRig.Result(1, SearchRig.Hit) + new string(' ', 2 * 1_048_576))
        ),
        ["a compressed bomb"] = (
            "search_unavailable",
            context =>
                FormApiAnswers.Encoded(
                    "gzip",
                    () => FormApiAnswers.Gzip([.. Enumerable.Repeat((byte)' ', 3_000_000), .. "{}"u8])
                )(context)
        ),
        ["broken gzip"] = (
            "search_unavailable",
            context => FormApiAnswers.Encoded("gzip", () => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(context)
        ),
        ["broken brotli"] = (
            "search_unavailable",
            context => FormApiAnswers.Encoded("br", () => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(context)
        ),
    };

    public static TheoryData<string> Answers => [.. s_answers.Keys];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_that_is_no_result_is_an_error_and_one_warning(string name)
    {
        // As after a search that went well, in a minute of its own: so many lines of a kind are logged in one.
        var rig = search.Rig;
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        rig.Serve(SearchRig.Result(1, SearchRig.Hit));
        Assert.False((await rig.SearchAsync()).IsError);
        var (warnings, sent) = (rig.Warnings.Count, rig.Sent);

        rig.Serve(s_answers[name].Answer);
        await rig.AssertFailsAsync(s_answers[name].Code);
        Assert.Equal([SearchRig.Failed], rig.Warnings.Skip(warnings));
        Assert.Equal(sent + 1, rig.Sent);
    }

    [Fact]
    public async Task Every_kind_of_answer_after_another_leaves_search_working()
    {
        await using var rig = await SearchRig.StartAsync();
        foreach (var (code, answer) in s_answers.Values)
        {
            rig.Serve(answer);
            await rig.AssertFailsAsync(code);
            rig.Serve(SearchRig.Result(1, SearchRig.Hit));
            Assert.False((await rig.SearchAsync()).IsError);
        }
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        await using var rig = await SearchRig.StartAsync(elasticUrl: "http://127.0.0.1:1");
        var answer = await rig.AssertFailsAsync();
        Assert.Contains("no connection could be made", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_HTTP_is_unavailable()
    {
        await using var raw = new RawApi(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("hello\r\n\r\n");
        });
        await using var rig = await SearchRig.StartAsync(elasticUrl: raw.Url);
        await rig.AssertFailsAsync();
    }

    [Theory]
    [InlineData("400 of a closed index")]
    [InlineData("403 of a closed index")]
    public async Task A_closed_index_is_named_and_no_other_words_are_advised(string name)
    {
        await using var rig = await SearchRig.StartAsync(new() { ["Elasticsearch:IndexPrefix"] = "acme" });
        rig.Serve(s_answers[name].Answer);
        var answer = await rig.AssertFailsAsync();
        Assert.Contains("the index acme_user is closed", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("simpler", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("credentials", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_index_is_named_with_its_fix()
    {
        await using var rig = await SearchRig.StartAsync(new() { ["Elasticsearch:IndexPrefix"] = "acme" });
        rig.Serve(NoIndex, 404);
        var answer = await rig.SearchAsync("vendor", SearchRig.Query, Given.Token);
        Assert.Equal("index_missing", answer.ErrorCode);
        Assert.Contains("no index acme_vendor", answer.Text, StringComparison.Ordinal);
    }

    private static RequestDelegate Status(int status, string body = "") =>
        context =>
        {
            context.Response.StatusCode = status;
            return body.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(body);
        };

    private static Task Redirect(HttpContext context)
    {
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = "/elsewhere";
        return Task.CompletedTask;
    }

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
