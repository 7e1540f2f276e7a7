using System.Text;
using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Search;

/// <summary>What an answer holds. Documents are text from outside that a model reads.</summary>
public sealed class SearchReplyTests(SearchReplyTests.Search search) : IClassFixture<SearchReplyTests.Search>
{
    private SearchRig Rig => search.Rig;

    [Fact]
    public async Task It_says_total_returned_minScore_and_each_hits_score_id_and_fields()
    {
        Rig.Serve(SearchRig.Result(17, SearchRig.Hit));
        var answer = await Rig.SearchAsync();
        const string Expected =
            """{"entityType":"user","total":17,"returned":1,"minScore":0,"hits":[{"score":7.5,"id":"usr-1","fields":"""
            + """{"name":"Jane Doe","email":"jane@example.com"}}]}""";
        Assert.Equal(Expected, answer.Result["structuredContent"]!.ToJsonString());
        Assert.Equal(Expected, answer.Text);
        Assert.False(answer.IsError);
    }

    [Theory]
    [InlineData("user", "Jane Alexandra Doe", "No user matches. A broader query has fewer words, such as 'Alexandra' alone.")]
    [InlineData(
        "vendor",
        "Northwind",
        "No vendor matches with a score of 2.5 or more. Whole words are compared: a broader query is a word of the name in "
            + "full, or another word that would stand in the document."
    )]
    public async Task No_hit_is_a_success_that_says_so_and_what_else_to_try(string type, string query, string message)
    {
        Rig.Serve(SearchRig.Result(0, ""));
        var answer = await Rig.SearchAsync(type, query, Given.Token);
        Assert.False(answer.IsError);
        Assert.Equal(message, (string?)answer.Result["structuredContent"]!["message"]);
        Assert.Empty(answer.Result["structuredContent"]!["hits"]!.AsArray());
        Assert.Contains(message, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_fields_of_the_entity_are_shown_in_its_order()
    {
        var fields = await FieldsAsync("""{"password":"hunter2","email":"e","_x":1,"id":"i","name":"n"}""");
        Assert.Equal("""{"name":"n","id":"i","email":"e"}""", fields.ToJsonString());
    }

    [Theory]
    [InlineData("""{"name":null}""", "{}")]
    [InlineData(
        """{"name":7,"id":-1.50,"email":true,"contact":false}""",
        """{"name":7,"id":-1.50,"email":true,"contact":false}"""
    )]
    [InlineData("""{"name":{"first":"Jane"}}""", "{}")]
    [InlineData("""{"name":["a",1,null,{"b":1},["c"],"d"]}""", """{"name":["a",1,"d"]}""")]
    [InlineData("""{"site.name":"x"}""", """{"site.name":"x"}""")]
    [InlineData("""{"site":{"name":"x","secret":1}}""", """{"site.name":"x"}""")]
    [InlineData("""{"site":["x"]}""", "{}")]
    [InlineData("""[1]""", "{}")]
    public async Task Texts_numbers_and_truth_values_are_shown_and_nothing_nested(string source, string shown) =>
        Assert.Equal(shown, (await FieldsAsync(source)).ToJsonString());

    [Fact]
    public async Task A_hit_without_a_document_has_no_fields()
    {
        Rig.Serve(SearchRig.Result(1, """{"_id":"1","_score":1}"""));
        Assert.Empty((await Rig.SearchAsync()).Result["structuredContent"]!["hits"]![0]!["fields"]!.AsObject());
    }

    [Fact]
    public async Task Control_characters_and_hidden_text_are_taken_out_and_lengths_are_bounded()
    {
        var source = new JsonObject
        {
            ["name"] = "Jane\u0000\n\u001b[31mDoe\u200b\U000E0049",
            ["email"] = new string('x', 5_000),
            ["contact"] = new JsonArray([.. Enumerable.Range(0, 50).Select(i => (JsonNode)i)]),
        };
        var fields = await FieldsAsync(source.ToJsonString());
        Assert.Equal("Jane [31mDoe", (string?)fields["name"]);
        Assert.Equal(256, ((string)fields["email"]!).Length);
        Assert.Equal(10, fields["contact"]!.AsArray().Count);
        Assert.Equal("{}", (await FieldsAsync($$"""{"name":{{new string('7', 100)}}}""")).ToJsonString());
    }

    [Fact]
    public async Task An_id_is_one_bounded_line_too()
    {
        Rig.Serve(SearchRig.Result(1, $$"""{"_id":"a\nb{{new string('x', 3_000)}}","_score":1}"""));
        var id = (string)(await Rig.SearchAsync()).Result["structuredContent"]!["hits"]![0]!["id"]!;
        Assert.StartsWith("a bxxx", id, StringComparison.Ordinal);
        Assert.Equal(512, id.Length);
    }

    [Fact]
    public async Task An_answer_is_bounded_as_a_whole_and_says_what_is_left_out()
    {
        var wide = string.Join(
            ',',
            ((string[])["name", "id", "email", "contact", "logon_name", "second_contact", "type"]).Select(name =>
                $"\"{name}\":\"{new string('日', 250)}\""
            )
        );
        Rig.Serve(
            SearchRig.Result(
                100,
                string.Join(
                    ',',
                    Enumerable.Range(0, 100).Select(i => $$$"""{"_id":"{{{i}}}","_score":{{{100 - i}}},"_source":{{{{wide}}}}}""")
                )
            )
        );
        var answer = await Rig.SearchAsync();
        var content = answer.Result["structuredContent"]!;
        var returned = (int)content["returned"]!;
        Assert.InRange(returned, 5, 20);
        Assert.Equal(returned, content["hits"]!.AsArray().Count);
        Assert.Equal(100, (int)content["total"]!);
        Assert.InRange(Encoding.UTF8.GetByteCount(answer.Text), 50_000, 66_000);
        Assert.Contains("left out", (string?)content["message"], StringComparison.Ordinal);
        Assert.Equal("0", (string?)content["hits"]![0]!["id"]);
    }

    [Fact]
    public async Task More_hits_than_asked_for_are_not_passed_on()
    {
        Rig.Serve(SearchRig.Result(1, string.Join(',', Enumerable.Repeat(SearchRig.Hit, 30))));
        var content = (await Rig.SearchAsync("vendor", "x", Given.Token)).Result["structuredContent"]!;
        Assert.Equal(10, content["hits"]!.AsArray().Count);
        Assert.Equal(10, (int)content["total"]!);
    }

    [Fact]
    public async Task The_total_of_an_older_version_is_read_too()
    {
        Rig.Serve("""{"hits":{"total":3,"hits":[]}}""");
        Assert.Equal(3, (int)(await Rig.SearchAsync()).Result["structuredContent"]!["total"]!);
    }

    [Fact]
    public async Task Neither_query_nor_documents_are_logged()
    {
        Rig.Serve(SearchRig.Result(1, SearchRig.Hit));
        await Rig.SearchAsync();
        Rig.AssertQueryIsNotLogged();
        Assert.DoesNotContain(Rig.App.Log.Lines, line => line.Text.Contains("Jane", StringComparison.Ordinal));
    }

    private async Task<JsonNode> FieldsAsync(string source)
    {
        Rig.Serve(SearchRig.Result(1, $$"""{"_id":"1","_score":1,"_source":{{source}}}"""));
        return (await Rig.SearchAsync()).Result["structuredContent"]!["hits"]![0]!["fields"]!;
    }

    /// <summary>One rig for all of them: each serves an answer of its own.</summary>
    public sealed class Search : IAsyncLifetime
    {
        internal SearchRig Rig { get; private set; } = null!;

        public async Task InitializeAsync() =>
            Rig = await SearchRig.StartAsync(
                new()
                {
                    ["Elasticsearch:Entities:user:Limit"] = "100",
                    ["Elasticsearch:Entities:user:Fields:site.name:Boost"] = "1",
                    ["Elasticsearch:Entities:vendor:MinScore"] = "2.5",
                }
            );

        public async Task DisposeAsync() => await Rig.DisposeAsync();
    }
}
