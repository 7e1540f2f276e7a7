using McpFunctionApp.Forms;
using McpFunctionApp.Lookups;

namespace McpFunctionApp.Tests.Lookups;

/// <summary>What comes first when options are looked for.</summary>
public sealed class OptionSearchTests
{
    private static readonly string[] s_offices =
    [
        "Head office Berlin",
        "Berlin",
        "Berlin East",
        "Bern",
        "East Berlin",
        "München",
        "New York 10",
        "New York 1",
        "blueberlinery",
        "Oslo",
    ];

    [Fact]
    public void The_label_itself_is_first_then_those_that_begin_so_then_words_then_what_is_near() =>
        Assert.Equal(["Berlin", "Berlin East", "Head office Berlin", "East Berlin", "blueberlinery", "Bern"], Find("berlin"));

    [Theory]
    [InlineData("Berlim", "Berlin")]
    [InlineData("munchen", "München")]
    [InlineData("oslu", "Oslo")]
    [InlineData("berlin ofice", "Head office Berlin")]
    public void What_is_misspelt_finds_what_was_meant(string query, string label) => Assert.Equal(label, Find(query)[0]);

    [Fact]
    public void Words_are_found_in_any_order() => Assert.Equal(["Head office Berlin"], Find("berlin office"));

    [Fact]
    public void Nothing_near_is_nothing()
    {
        Assert.Empty(Find("Warsaw"));
        Assert.Empty(Find("?"));
    }

    [Fact]
    public void An_empty_query_gives_the_first_in_the_forms_order() =>
        Assert.Equal(s_offices[..3], Search(s_offices).Find(" ", 3).Labels);

    [Fact]
    public void The_total_counts_what_does_not_fit()
    {
        var found = Search([.. Enumerable.Range(0, 1_000).Select(n => $"Desk {n}")]).Find("desk", 20);
        Assert.Equal(1_000, found.Total);
        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"Desk {n}"), found.Labels);
    }

    [Fact]
    public void A_label_is_given_once_though_it_is_also_near() => Assert.Single(Find("berlin east"), "Berlin East");

    [Theory]
    [InlineData("a a a a a a a a a a a a a a a a a a a a")]
    [InlineData("!!!!")]
    public void Odd_queries_cost_little_and_do_no_harm(string query) => Assert.Empty(Search(s_offices).Find(query, 20).Labels);

    [Fact]
    public void A_label_that_is_half_a_character_is_found_and_given_as_it_is()
    {
        var search = Search(["Größe 😀 of a desk", "desk \ud83d", "desk"]);
        string[] expected = ["desk", "desk \ud83d", "Größe 😀 of a desk"];
        Assert.Equal(expected, search.Find("desk", 20).Labels.AsEnumerable());
        Assert.Equal(expected, search.Find("desc", 20).Labels.OrderBy(label => label.Length));
    }

    private static string[] Find(string query) => [.. Search(s_offices).Find(query, 20).Labels];

    private static OptionSearch Search(string[] labels) =>
        new([.. labels.Select(label => new FormOption(label, $"\"{label}\""))]);
}
