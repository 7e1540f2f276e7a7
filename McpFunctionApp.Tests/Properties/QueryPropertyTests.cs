using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using McpFunctionApp.Sample.Search;
using McpFunctionApp.Search;

namespace McpFunctionApp.Tests.Properties;

/// <summary>A query is data: whatever it holds, the search keeps its shape.</summary>
public sealed class QueryPropertyTests
{
    private static readonly EntityType s_type = new(
        "user",
        "user",
        3,
        1.5,
        [new SearchField("name", 3, "AUTO"), new SearchField("id", 2, "0"), new SearchField("type", 0.5, "2")]
    );

    private static readonly Gen<string> s_query = Gen.OneOf(
        AnyJson.Text,
        AnyJson.Value,
        Gen.Elements(
            "\"",
            "\\",
            "\"}}]}},\"size\":10000,\"x\":{\"",
            "*",
            "* OR 1=1",
            "name:x AND _exists_:password",
            "</script>",
            "{\"match_all\":{}}",
            "\\u0022",
            "%22%7D",
            "../_all/_search?q=",
            "${jndi:ldap://x}",
            "{{#toJson}}x{{/toJson}}"
        ),
        Gen.Choose(0, 0x2FFF)
            .Where(code => code is < 0xD800 or > 0xDFFF)
            .ArrayOf()
            .Select(codes => string.Concat(codes.Select(char.ConvertFromUtf32)))
    );

    [Fact]
    public void Any_query_is_the_value_of_each_clause_and_nothing_else() =>
        Runs.ForAll(
            Arb.From(s_query),
            61,
            query =>
            {
                var body = Parse(query);
                foreach (var clause in Clauses(body))
                {
                    Assert.Equal(query, (string?)clause["query"]);
                    clause["query"] = "jane";
                }

                Assert.Equal(Parse("jane").ToJsonString(), body.ToJsonString());
            },
            runs: 1_000
        );

    [Fact]
    public void Any_query_is_a_search_that_the_sample_understands_and_runs() =>
        Runs.ForAll(
            Arb.From(s_query),
            62,
            query =>
            {
                var index = new SampleIndex([SampleDocument.From(new JsonObject { ["id"] = "1", ["name"] = "Jane Doe" })]);
                var asked = SampleQuery.Parse(QueryWriter.Write(s_type, query));
                Assert.Equal((3, 1.5, 1, 3), (asked.Clauses.Count, asked.MinScore, asked.MinimumMatch, asked.Size));
                Assert.InRange(index.Search(asked).Count, 0, 1);
            }
        );

    private static JsonNode Parse(string query) => JsonNode.Parse(QueryWriter.Write(s_type, query).Span)!;

    private static IEnumerable<JsonObject> Clauses(JsonNode body) =>
        body["query"]!["bool"]!["should"]!
            .AsArray()
            .Select(clause => clause!["multi_match"]?.AsObject() ?? clause["match"]!.AsObject().Single().Value!.AsObject());
}
