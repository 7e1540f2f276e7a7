using System.Text.Json.Nodes;
using McpFunctionApp.Tests.HostileApi;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Search;

/// <summary>What Elasticsearch is sent, and what it is never sent.</summary>
public sealed class SearchRequestTests
{
    [Theory]
    [InlineData("ApiKey", "a2V5OnNlY3JldA==", null, "ApiKey a2V5OnNlY3JldA==")]
    [InlineData("Username", "elastic", "pass: wörd", "Basic ZWxhc3RpYzpwYXNzOiB3w7ZyZA==")]
    [InlineData("IndexPrefix", "none", null, "")]
    public async Task Credentials_are_the_servers_own_and_never_the_callers(
        string setting,
        string value,
        string? password,
        string header
    )
    {
        await using var rig = await SearchRig.StartAsync(
            new() { [$"Elasticsearch:{setting}"] = value, ["Elasticsearch:Password"] = password }
        );
        Assert.False((await rig.SearchAsync()).IsError);
        var call = Assert.Single(rig.Elastic.Calls);
        Assert.Equal(header, call.Headers.Authorization.ToString());
        Assert.DoesNotContain(call.Headers, h => h.Value.ToString().Contains(Given.Token, StringComparison.Ordinal));
        Assert.DoesNotContain(Given.Token, call.Body, StringComparison.Ordinal);
        Assert.All(rig.App.Log.Lines, line => Assert.DoesNotContain("a2V5", line.Text, StringComparison.Ordinal));
        Assert.All(rig.App.Log.Lines, line => Assert.DoesNotContain("wörd", line.Text, StringComparison.Ordinal));
        Assert.All(rig.Forms.Calls, form => Assert.Equal($"Bearer {Given.Token}", form.Headers.Authorization.ToString()));
    }

    [Theory]
    [InlineData("", null, "user", "/user/_search")]
    [InlineData("/", "acme", "user", "/acme_user/_search")]
    [InlineData("/es/cluster", "acme", "vendor", "/es/cluster/acme_vendor/_search")]
    [InlineData("/es/cluster//", "acme", "location", "/es/cluster/acme_location/_search")]
    public async Task A_search_is_posted_as_JSON_to_its_index(string path, string? prefix, string type, string expected)
    {
        var query = "";
        await using var elastic = await FakeFormApi.StartAsync();
        elastic.OnSubmit = context =>
        {
            query = context.Request.QueryString.ToString();
            return FakeFormApi.Json(context, SearchRig.Result(0, ""));
        };
        await using var rig = await SearchRig.StartAsync(
            new() { ["Elasticsearch:IndexPrefix"] = prefix },
            elastic.Address + path
        );
        Assert.False((await rig.SearchAsync(type, "x", Given.Token)).IsError);
        var call = Assert.Single(elastic.Calls);
        Assert.Equal(("POST", expected), (call.Method, call.Path));
        Assert.Equal("application/json", call.Headers.ContentType.ToString());
        Assert.Equal("application/json", call.Headers.Accept.ToString());
        Assert.Equal("?allow_partial_search_results=false", query);
    }

    [Fact]
    public async Task Cookies_are_not_kept_and_redirects_are_not_followed()
    {
        await using var rig = await SearchRig.StartAsync();
        rig.Serve(context =>
        {
            context.Response.Headers.SetCookie = "session=1";
            context.Response.Headers.Location = "/elsewhere";
            context.Response.StatusCode = rig.Sent == 1 ? 307 : 200;
            return context.Response.WriteAsync(SearchRig.Result(0, ""));
        });
        await rig.AssertFailsAsync();
        Assert.Equal(1, rig.Sent);
        Assert.False((await rig.SearchAsync()).IsError);
        Assert.All(rig.Elastic.Calls, call => Assert.Empty(call.Headers.Cookie.ToString()));
    }

    [Fact]
    public async Task A_server_whose_certificate_is_not_trusted_is_sent_nothing()
    {
        var requests = 0;
        await using var elastic = await HostileApiTlsTests.StartAsync(context =>
        {
            Interlocked.Increment(ref requests);
            return FakeFormApi.Json(context, SearchRig.Result(1, SearchRig.Hit));
        });
        await using var rig = await SearchRig.StartAsync(new() { ["Elasticsearch:ApiKey"] = "secret" }, elastic.Urls.First());
        Assert.Contains("no trusted TLS connection could be made", (await rig.AssertFailsAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task The_query_is_sent_on_one_line_and_whole()
    {
        await using var rig = await SearchRig.StartAsync();
        await rig.SearchAsync(" \"Jane\"\n\u0000\u200bDoe* {}");
        var body = JsonNode.Parse(Assert.Single(rig.Elastic.Calls).Body)!;
        Assert.All(
            body["query"]!["bool"]!["should"]!.AsArray(),
            clause => Assert.Equal("\"Jane\" Doe* {}", (string?)ClauseOf(clause)["query"])
        );
    }

    [Fact]
    public async Task Every_clause_is_lenient_so_that_a_number_in_the_index_fails_no_search_of_words()
    {
        await using var rig = await SearchRig.StartAsync();
        await rig.SearchAsync();
        var clauses = JsonNode.Parse(Assert.Single(rig.Elastic.Calls).Body)!["query"]!["bool"]!["should"]!.AsArray();
        Assert.Equal(7, clauses.Count);
        Assert.All(clauses, clause => Assert.True((bool?)ClauseOf(clause)["lenient"]));
    }

    [Fact]
    public async Task A_prefix_stands_before_every_fields_name_in_the_index_and_is_not_shown()
    {
        await using var rig = await SearchRig.StartAsync(
            new()
            {
                ["Elasticsearch:IndexPrefix"] = "acme",
                ["Elasticsearch:FieldPrefix"] = "{entity}_",
                ["Elasticsearch:Entities:user:Fields:cost.centre:Boost"] = "2",
            }
        );
        rig.Serve(
            SearchRig.Result(
                1,
                """
                {"_id":"7","_score":2.5,"_source":{"user_name":"Jane Doe","user_email":"jane@example.com","user_id":7,
                 "name":"not asked for","user_cost":{"centre":"4711"}}}
                """
            )
        );
        var answer = await rig.SearchAsync();
        var call = Assert.Single(rig.Elastic.Calls);
        var body = JsonNode.Parse(call.Body)!;
        string[] fields =
        [
            "user_name",
            "user_id",
            "user_email",
            "user_contact",
            "user_logon_name",
            "user_second_contact",
            "user_type",
            "user_cost.centre",
        ];
        Assert.Equal("/acme_user/_search", call.Path);
        Assert.Equal(fields, body["query"]!["bool"]!["should"]!.AsArray().Select(FieldOf));
        Assert.Equal(fields, body["_source"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(
            """{"name":"Jane Doe","id":7,"email":"jane@example.com","cost.centre":"4711"}""",
            answer.Result["structuredContent"]!["hits"]![0]!["fields"]!.ToJsonString()
        );
        var types = await rig.App.Rpc.CallAsync("list_entity_types", "{}", Given.Token);
        Assert.DoesNotContain("user_name", types.Text, StringComparison.Ordinal);
        await rig.SearchAsync("vendor", "x", Given.Token);
        Assert.Contains("\"vendor_email\"", rig.Elastic.Calls[^1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u2764\ufe0f Care")]
    [InlineData("\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")]
    public async Task Joiners_and_variation_selectors_of_a_query_reach_Elasticsearch(string query)
    {
        await using var rig = await SearchRig.StartAsync();
        Assert.False((await rig.SearchAsync("user", query, Given.Token)).IsError);
        var body = JsonNode.Parse(Assert.Single(rig.Elastic.Calls).Body)!.ToJsonString();
        Assert.Contains($"\"query\":{JsonSerializer.Serialize(query)}", body, StringComparison.Ordinal);
    }

    /// <summary>What a clause asks, whichever kind of query it is.</summary>
    private static JsonObject ClauseOf(JsonNode? clause) =>
        clause!["multi_match"]?.AsObject() ?? clause["match"]!.AsObject().Single().Value!.AsObject();

    private static string FieldOf(JsonNode? clause) =>
        clause!["multi_match"] is { } phrase
            ? (string)phrase["fields"]!.AsArray().Single()!
            : clause["match"]!.AsObject().Single().Key;
}
