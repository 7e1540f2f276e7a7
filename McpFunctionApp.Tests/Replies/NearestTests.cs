using McpFunctionApp.Replies;

namespace McpFunctionApp.Tests.Replies;

public sealed class NearestTests
{
    private static readonly string[] s_priorities = ["low", "medium", "high"];

    [Theory]
    [InlineData("hihg", "high")]
    [InlineData("HIGH", "high")]
    [InlineData("critical", "high")]
    [InlineData("mediu", "medium")]
    [InlineData("", "low")]
    public void The_best_candidate_comes_first_and_there_is_always_one(string text, string expected) =>
        Assert.Equal(expected, Nearest.Of(text, s_priorities, 3)[0]);

    [Fact]
    public void Further_candidates_are_named_only_where_they_are_close()
    {
        Assert.Equal(["high"], Nearest.Of("critical", s_priorities, 3));
        Assert.Equal(
            ["Laptop 1", "Laptop 2", "Laptop 3"],
            Nearest.Of("Laptop", ["Phone", "Laptop 1", "Laptop 2", "Laptop 3", "Laptop 4"], 3)
        );
    }

    [Fact]
    public void A_candidate_that_contains_the_text_is_close() =>
        Assert.Equal(
            "Finance department of the whole group",
            Nearest.Of("finance", ["Fence", "Finance department of the whole group"], 1)[0]
        );

    [Fact]
    public void Equal_distances_go_to_the_shorter_then_to_the_earlier() =>
        Assert.Equal(["abd", "abe", "abcd"], Nearest.Of("abc", ["abcd", "abd", "abe"], 3));

    [Theory]
    [InlineData("subjct", "subject")]
    [InlineData("Subject", "subject")]
    public void A_close_name_is_named(string text, string expected) =>
        Assert.Equal([expected], Nearest.IfClose(text, ["priority", "subject"]));

    [Fact]
    public void A_name_that_resembles_nothing_is_left_alone() => Assert.Empty(Nearest.IfClose("xyz", ["priority", "subject"]));

    [Fact]
    public void Without_candidates_there_is_none()
    {
        Assert.Empty(Nearest.Of("x", [], 3));
        Assert.Empty(Nearest.IfClose("x", []));
    }

    [Fact]
    public void The_nearest_is_found_wherever_it_stands_in_a_long_list()
    {
        var candidates = Enumerable.Range(0, 20_000).Select(i => $"Asset number {i:000000}").Append("Reception desk").ToList();
        Assert.Equal("Reception desk", Nearest.Of("Recepton dsek", candidates, 3)[0]);
        Assert.Equal("Asset number 009999", Nearest.Of("Asset nmber 009999", candidates[..10_000], 3)[0]);
    }

    [Fact]
    public void Enormous_texts_are_compared_by_their_beginnings()
    {
        var beginning = new string('a', 48);
        Assert.Equal($"{beginning}1", Nearest.Of(new string('a', 1_000_000), ["b", $"{beginning}1"], 1)[0]);
        Assert.Equal(["🙂"], Nearest.Of("\ud83d", ["🙂"], 1));
    }
}
