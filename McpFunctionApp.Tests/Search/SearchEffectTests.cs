namespace McpFunctionApp.Tests.Search;

/// <summary>Thresholds, ranking, fuzziness, boosts and indexes by their effect, on documents that are really searched.</summary>
public sealed class SearchEffectTests
{
    [Fact]
    public async Task The_best_match_comes_first_and_scores_fall()
    {
        await using var search = await SampleSearch.StartAsync(("Entities:user:Limit", "100"));
        var found = await search.FindAsync("Jonathan Smith");
        Assert.Equal("Jonathan Smith", found.Names[0]);
        Assert.Contains("Smith Johnson", found.Names);
        Assert.Contains("Joan Smyth", found.Names);
        Assert.Equal(found.Scores.OrderDescending(), found.Scores);
        Assert.True(found.Scores[0] > found.Scores[1]);
    }

    [Fact]
    public async Task A_raised_minimum_drops_the_weaker_hits_and_keeps_the_better_with_their_scores()
    {
        await using var all = await SampleSearch.StartAsync(("Entities:user:Limit", "100"));
        var before = await all.FindAsync("jane doe");
        Assert.True(before.Total > 2);
        var threshold = before.Scores[1];
        await using var strict = await SampleSearch.StartAsync(
            ("Entities:user:Limit", "100"),
            ("MinScore", FormattableString.Invariant($"{threshold}"))
        );
        var after = await strict.FindAsync("jane doe");
        Assert.Equal(before.Scores.Where(score => score >= threshold), after.Scores);
        Assert.Equal(after.Scores.Count, after.Total);
        Assert.True(after.Total < before.Total);
    }

    [Fact]
    public async Task A_minimum_above_every_score_is_no_hit_and_says_which()
    {
        await using var search = await SampleSearch.StartAsync(("MinScore", "99.5"));
        var found = await search.FindAsync("jane doe");
        Assert.Equal(0, found.Total);
        Assert.StartsWith("No user matches with a score of 99.5 or more.", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_minimum_is_for_every_type_but_one_with_its_own_and_0_turns_it_off()
    {
        await using var search = await SampleSearch.StartAsync(
            ("MinScore", "99"),
            ("Entities:vendor:MinScore", "0"),
            ("Entities:location:MinScore", "0.5")
        );
        Assert.Equal(0, (await search.FindAsync("jane")).Total);
        Assert.Equal(0, (await search.FindAsync("printer", "category")).Total);
        Assert.Equal(["Contoso Printing"], (await search.FindAsync("contoso", "vendor")).Names);
        Assert.Equal(["Berlin Headquarters", "Berlin Warehouse"], (await search.FindAsync("berlin", "location")).Names);
    }

    [Fact]
    public async Task Users_are_at_most_three_and_others_ten_unless_settings_say_otherwise()
    {
        await using var search = await SampleSearch.StartAsync();
        var people = await search.FindAsync("example.com employee");
        Assert.Equal(3, people.Names.Count);
        Assert.True(people.Total > 3);
        await using var one = await SampleSearch.StartAsync(("Entities:user:Limit", "1"), ("Entities:location:Limit", "2"));
        Assert.Single((await one.FindAsync("employee")).Names);
        Assert.Equal(2, (await one.FindAsync("office", "location")).Names.Count);
        Assert.Equal(3, (await one.FindAsync("office", "location")).Total);
    }

    [Fact]
    public async Task A_boost_changes_who_is_first()
    {
        await using var byName = await SampleSearch.StartAsync(("Entities:category:Fields:name:Boost", "500"));
        Assert.Equal("Software", (await byName.FindAsync("software drivers", "category")).Names[0]);
        await using var byParent = await SampleSearch.StartAsync(
            ("Entities:category:Fields:name:Boost", "0.1"),
            ("Entities:category:Fields:parent:Boost", "500")
        );
        Assert.Equal("Printing software", (await byParent.FindAsync("software drivers", "category")).Names[0]);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("AUTO", 1)]
    [InlineData("auto", 1)]
    [InlineData("2", 1)]
    public async Task Fuzziness_is_as_the_settings_say(string fuzziness, int found)
    {
        await using var search = await SampleSearch.StartAsync(("Entities:user:Fields:name:Fuzziness", fuzziness));
        Assert.Equal(found, (await search.FindAsync("Aikko")).Total);
    }

    [Fact]
    public async Task A_field_that_is_turned_off_is_neither_searched_nor_shown()
    {
        await using var search = await SampleSearch.StartAsync(("Entities:user:Fields:email:Enabled", "false"));
        Assert.Equal(0, (await search.FindAsync("jane.doe@example.com")).Total);
        var answer = await search.App.Rpc.CallAsync("search_users", """{"query":"jane"}""");
        Assert.Contains("Jane Doe", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_of_ones_own_is_searched_in_its_index()
    {
        await using var search = await SampleSearch.StartAsync(
            ("Entities:building:Index", "sample_location"),
            ("Entities:building:Fields:city:Boost", "5")
        );
        Assert.Equal(["Hamburg Office"], (await search.FindAsync("hamburg", "building")).Names);
    }

    [Fact]
    public async Task A_wrong_key_and_a_missing_index_are_told_apart()
    {
        await using var wrong = await SampleSearch.StartAsync(("ApiKey", "d3Jvbmc="));
        var refused = await wrong.App.Rpc.CallAsync("search_users", """{"query":"jane"}""");
        Assert.Equal("search_unavailable", refused.ErrorCode);
        Assert.Contains("refuses this server's credentials", refused.Text, StringComparison.Ordinal);
        await using var other = await SampleSearch.StartAsync(("IndexPrefix", "other"));
        Assert.Equal("index_missing", (await other.App.Rpc.CallAsync("search_users", """{"query":"jane"}""")).ErrorCode);
    }

    [Theory]
    [InlineData("laptop", "Laptop 14 inch,Laptop 16 inch")]
    [InlineData("lable printer", "Label printer")]
    [InlineData("1002", "Laptop 16 inch")]
    [InlineData("1009", "")]
    public async Task A_type_whose_id_is_a_number_is_found_by_words_and_by_its_number(string query, string names)
    {
        await using var search = await SampleSearch.StartAsync(("Entities:asset:Limit", "5"));
        Assert.Equal(names, string.Join(',', (await search.FindAsync(query, "asset")).Names));
    }

    [Fact]
    public async Task A_field_that_is_a_number_is_searched_without_forgiving_slips_and_fails_no_search()
    {
        await using var search = await SampleSearch.StartAsync(("Entities:asset:Fields:id:Fuzziness", "AUTO"));
        Assert.Equal(["Label printer"], (await search.FindAsync("label", "asset")).Names);
    }

    [Fact]
    public async Task A_closed_index_is_said_to_be_closed()
    {
        await using var search = await SampleSearch.StartAsync(("Entities:archive:Limit", "5"));
        var answer = await search.App.Rpc.CallAsync("search_entities_by_type", """{"entity_type":"archive","query":"jane"}""");
        Assert.Equal("search_unavailable", answer.ErrorCode);
        Assert.Equal(
            "archive cannot be searched: the index sample_archive is closed. Tell whoever runs this server; other words "
                + "will not help.",
            answer.Text
        );
    }
}
