using System.Net;
using System.Text;
using McpFunctionApp.Sample.Search;

namespace McpFunctionApp.Tests.Sample;

/// <summary>The sample's Elasticsearch: what it evaluates, and what it refuses as the real one would.</summary>
public sealed class SampleElasticsearchTests(SampleFixture fixture) : IClassFixture<SampleFixture>
{
    private const string Name = """{"match":{"name":{"query":"jane","fuzziness":"AUTO","boost":1}}}""";

    [Theory]
    [InlineData("Jane Doe", "jane,doe")]
    [InlineData("  jane.doe@example.com ", "jane.doe,example.com")]
    [InlineData("O'Neil's end.", "o'neil's,end")]
    [InlineData("+49 30 555-0101", "49,30,555,0101")]
    [InlineData("user_name usr-01", "user_name,usr,01")]
    [InlineData("Größe 日本", "größe,日本")]
    [InlineData("...", "")]
    public void Text_is_parted_into_words(string text, string words) =>
        Assert.Equal(words, string.Join(',', SampleText.Words(text)));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("jane", "jane", 0)]
    [InlineData("jane", "jan", 1)]
    [InlineData("jane", "janet", 1)]
    [InlineData("jane", "jnae", 1)]
    [InlineData("jane", "june", 1)]
    [InlineData("smith", "smyht", 2)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void The_distance_of_words_counts_slips(string a, string b, int distance)
    {
        Assert.Equal(distance, SampleText.Distance(a, b));
        Assert.Equal(distance, SampleText.Distance(b, a));
    }

    [Theory]
    [InlineData("ab", "AUTO", 0)]
    [InlineData("abc", "AUTO", 1)]
    [InlineData("abcde", "AUTO", 1)]
    [InlineData("abcdef", "AUTO", 2)]
    [InlineData("ab", "2", 2)]
    [InlineData("abcdef", "1", 1)]
    [InlineData("abcdef", "0", 0)]
    public void A_word_may_have_slips_by_its_length(string word, string fuzziness, int allowed) =>
        Assert.Equal(allowed, SampleText.AllowedEdits(word, fuzziness));

    [Theory]
    [InlineData(null)]
    [InlineData("ApiKey d3Jvbmc=")]
    [InlineData("Bearer test-token-user-a")]
    public async Task Another_key_is_401(string? authorization) =>
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "security_exception"),
            await FailAsync("sample_user", Body(Name), authorization)
        );

    [Theory]
    [InlineData("sample_nothing")]
    [InlineData("user")]
    [InlineData("SAMPLE_USER")]
    public async Task An_unknown_index_is_404(string index) =>
        Assert.Equal((HttpStatusCode.NotFound, "index_not_found_exception"), await FailAsync(index, Body(Name)));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not JSON")]
    [InlineData("""{"query":{"match_all":{}},"_source":[]}""")]
    [InlineData("""{"query":{"bool":{"should":[],"must":[]}},"_source":[]}""")]
    [InlineData("""{"query":{"bool":{"should":[{"match":{"name":"jane"}}]}},"_source":[]}""")]
    [InlineData("""{"query":{"bool":{"should":[{"match":{"name":{"query":"a"},"id":{"query":"a"}}}]}},"_source":[]}""")]
    [InlineData("""{"query":{"bool":{"should":[{"match_phrase":{"name":{"query":"a","fuzziness":"AUTO"}}}]}},"_source":[]}""")]
    [InlineData("""{"query":{"bool":{"should":[{"match_phrase":{"name":{"query":"a","lenient":true}}}]}},"_source":[]}""")]
    [InlineData(
        """{"query":{"bool":{"should":[{"multi_match":{"query":"a","fields":["name","id"],"type":"phrase"}}]}},"_source":[]}"""
    )]
    [InlineData(
        """{"query":{"bool":{"should":[{"multi_match":{"query":"a","fields":["name"],"type":"best_fields"}}]}},"_source":[]}"""
    )]
    [InlineData("""{"query":{"bool":{"should":[]}},"_source":[],"sort":[{"name":"asc"}]}""")]
    [InlineData("""{"query":{"bool":{"should":[]}},"_source":[],"script_fields":{}}""")]
    public async Task What_it_does_not_understand_is_400(string body) =>
        Assert.Equal((HttpStatusCode.BadRequest, "parsing_exception"), await FailAsync("sample_user", body));

    [Theory]
    [InlineData("""{"match":{"id":{"query":"jane"}}}""")]
    [InlineData("""{"match_phrase":{"id":{"query":"jane doe"}}}""")]
    [InlineData("""{"match":{"id":{"query":"1001","fuzziness":"AUTO"}}}""")]
    [InlineData("""{"multi_match":{"query":"jane","fields":["id"],"type":"phrase"}}""")]
    [InlineData("""{"multi_match":{"query":"jane","fields":["id"],"type":"phrase","lenient":false}}""")]
    public async Task Words_in_a_field_that_is_a_number_fail_the_search_as_in_the_real_one(string clause) =>
        Assert.Equal((HttpStatusCode.BadRequest, "parsing_exception"), await FailAsync("sample_asset", Body(clause)));

    [Theory]
    [InlineData("""{"match":{"id":{"query":"jane","fuzziness":"AUTO","lenient":true}}}""", "")]
    [InlineData("""{"multi_match":{"query":"jane doe","fields":["id"],"type":"phrase","lenient":true}}""", "")]
    [InlineData("""{"multi_match":{"query":"1001","fields":["id"],"type":"phrase","lenient":true}}""", "1001")]
    [InlineData("""{"match":{"id":{"query":"1001"}}}""", "1001")]
    public async Task A_lenient_clause_passes_a_number_over_and_a_number_finds_it(string clause, string ids) =>
        Assert.Equal(ids, string.Join(',', Ids(await SearchAsync(Body(clause), "sample_asset"))));

    [Fact]
    public async Task A_closed_index_is_400() =>
        Assert.Equal((HttpStatusCode.BadRequest, "index_closed_exception"), await FailAsync("sample_archive", Body(Name)));

    [Fact]
    public async Task Size_source_and_minimum_score_are_obeyed()
    {
        var found = await SearchAsync(Body(Name));
        Assert.Equal(["usr-01", "usr-02"], Ids(found));
        Assert.Equal(
            ["name"],
            found.GetProperty("hits")[0].GetProperty("_source").EnumerateObject().Select(member => member.Name)
        );
        var best = found.GetProperty("hits")[0].GetProperty("_score").GetDouble();
        var one = await SearchAsync(Body(Name, ",\"size\":1"));
        Assert.Equal(["usr-01"], Ids(one));
        Assert.Equal(2, one.GetProperty("total").GetProperty("value").GetInt32());
        var strict = await SearchAsync(Body(Name, FormattableString.Invariant($",\"min_score\":{best}")));
        Assert.Equal(["usr-01"], Ids(strict));
        Assert.Equal(1, strict.GetProperty("total").GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task A_boost_multiplies_and_clauses_add_up()
    {
        var one = Score(await SearchAsync(Body(Name)));
        var four = Score(await SearchAsync(Body(Name.Replace("\"boost\":1", "\"boost\":4", StringComparison.Ordinal))));
        var twice = Score(await SearchAsync(Body($"{Name},{Name}")));
        Assert.Equal(4 * one, four, 3);
        Assert.Equal(2 * one, twice, 3);
    }

    [Theory]
    [InlineData("jane doe", "usr-01")]
    [InlineData("doe jane", "")]
    [InlineData("doe", "usr-01,usr-03")]
    [InlineData("jane d", "")]
    [InlineData("", "")]
    public async Task A_phrase_is_all_words_in_their_order(string query, string ids)
    {
        var found = await SearchAsync(
            Body("""{"match_phrase":{"name":{"query":"QUERY","boost":1}}}""".Replace("QUERY", query, StringComparison.Ordinal))
        );
        Assert.Equal(ids, string.Join(',', Ids(found)));
    }

    [Fact]
    public async Task As_many_clauses_must_match_as_the_query_says()
    {
        var both = Body(Name + """,{"match":{"type":{"query":"employee"}}}""")
            .Replace("\"minimum_should_match\":1", "\"minimum_should_match\":2", StringComparison.Ordinal);
        Assert.Equal(["usr-01", "usr-02"], Ids(await SearchAsync(both)));
        Assert.Empty(Ids(await SearchAsync(both.Replace("employee", "guest", StringComparison.Ordinal))));
    }

    private static string Body(string clauses, string more = "") =>
        $$"""{"query":{"bool":{"should":[{{clauses}}],"minimum_should_match":1} },"_source":["name"]{{more}} }""";

    private static IEnumerable<string> Ids(JsonElement found) =>
        found.GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("_id").GetString()!);

    private static double Score(JsonElement found) => found.GetProperty("hits")[0].GetProperty("_score").GetDouble();

    private async Task<JsonElement> SearchAsync(string body, string index = "sample_user")
    {
        using var answer = await PostAsync(index, body, $"ApiKey {SampleElasticsearch.ApiKey}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await SampleHost.JsonOf(answer)).GetProperty("hits");
    }

    private async Task<(HttpStatusCode, string)> FailAsync(
        string index,
        string body,
        string? authorization = $"ApiKey {SampleElasticsearch.ApiKey}"
    )
    {
        using var answer = await PostAsync(index, body, authorization);
        return (answer.StatusCode, (await SampleHost.JsonOf(answer)).GetProperty("error").GetProperty("type").GetString()!);
    }

    private async Task<HttpResponseMessage> PostAsync(string index, string body, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{SampleElasticsearch.Path}/{index}/_search")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await fixture.Host.Http.SendAsync(request);
    }
}
