using McpFunctionApp.Search;
using static McpFunctionApp.Tests.Settings.ConfiguredSearch;

namespace McpFunctionApp.Tests.Settings;

/// <summary>What search is by default, and what its settings make of it.</summary>
public sealed class SearchSettingsTests
{
    [Fact]
    public void Without_an_address_there_is_no_search_and_other_settings_are_noted_as_idle()
    {
        Assert.Null(Read());
        Assert.Empty(Configured.Oddities());
        Assert.StartsWith(
            "Elasticsearch:Url is not set: there is no search",
            Assert.Single(Configured.Oddities(("Elasticsearch:MinScore", "2"))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_default_set_is_that_of_a_service_desk()
    {
        var options = Read(("Elasticsearch:Url", Url))!;
        Assert.Equal(
            [
                "impact",
                "urgency",
                "priority",
                "status",
                "category",
                "source",
                "location",
                "department",
                "usergroup",
                "user",
                "vendor",
            ],
            options.Entities.Select(type => type.Name)
        );
        Assert.All(
            options.Entities,
            type =>
            {
                Assert.Equal(new SearchField("name", 3, "AUTO"), type.Fields[0]);
                Assert.Equal(new SearchField("id", 2, "0"), type.Fields[1]);
                Assert.Equal((type.Name, type.Name == "user" ? 3 : 10, 0.0), (type.Index, type.Limit, type.MinScore));
            }
        );
        Assert.Equal(
            ["name", "id", "email", "contact", "logon_name", "second_contact", "type"],
            User(options).Fields.Select(field => field.Name)
        );
        Assert.False(options.AllowAnonymous);
        Assert.Null(options.Credentials);
    }

    [Fact]
    public void An_entry_changes_what_it_names_and_nothing_else()
    {
        var options = Read(
            ("Elasticsearch:Url", Url),
            ("Elasticsearch:IndexPrefix", "acme"),
            ("Elasticsearch:MinScore", "1.5"),
            ("Elasticsearch:AllowAnonymous", "true"),
            ("Elasticsearch:Entities:USER:Limit", "7"),
            ("Elasticsearch:Entities:user:Fields:NAME:Boost", "4.5"),
            ("Elasticsearch:Entities:user:Fields:email:Fuzziness", "auto"),
            ("Elasticsearch:Entities:user:Fields:second_contact:Enabled", "false"),
            ("Elasticsearch:Entities:user:Fields:costCentre.code:Fuzziness", "0"),
            ("Elasticsearch:Entities:vendor:MinScore", "0"),
            ("Elasticsearch:Entities:vendor:Index", "suppliers-2026"),
            ("Elasticsearch:Entities:impact:Enabled", "false"),
            ("Elasticsearch:Entities:asset:MinScore", "9")
        )!;
        Assert.True(options.AllowAnonymous);
        Assert.DoesNotContain(options.Entities, type => type.Name == "impact");
        Assert.Equal(("acme_user", 7, 1.5), (User(options).Index, User(options).Limit, User(options).MinScore));
        Assert.Equal(
            [
                new("name", 4.5, "AUTO"),
                new("id", 2, "0"),
                new("email", 2, "AUTO"),
                new("contact", 1, "0"),
                new("logon_name", 2, "0"),
                new("type", 1, "AUTO"),
                new SearchField("costCentre.code", 1, "0"),
            ],
            User(options).Fields
        );
        var vendor = options.Entities.Single(type => type.Name == "vendor");
        Assert.Equal(("suppliers-2026", 10, 0.0), (vendor.Index, vendor.Limit, vendor.MinScore));
        var asset = options.Entities[^1];
        Assert.Equal(
            ("asset", "acme_asset", 10, 9.0, 2),
            (asset.Name, asset.Index, asset.Limit, asset.MinScore, asset.Fields.Count)
        );
    }

    [Theory]
    [InlineData("{entity}_", "asset_name")]
    [InlineData("doc.{entity}.", "doc.asset.name")]
    [InlineData("f_", "f_name")]
    [InlineData(null, "name")]
    public void A_prefix_of_fields_may_hold_the_entitys_name(string? prefix, string name)
    {
        var type = Read(
            ("Elasticsearch:Url", Url),
            ("Elasticsearch:FieldPrefix", prefix),
            ("Elasticsearch:Entities:asset:Limit", "5")
        )!.Entities[^1];
        Assert.Equal(("name", name), (type.Fields[0].Name, type.InIndex(type.Fields[0])));
    }

    [Theory]
    [InlineData("Elasticsearch:MinimumScore", "Elasticsearch:MinScore")]
    [InlineData("Elasticsearch:Entities:user:Limits", "Elasticsearch:Entities:user:Limit")]
    [InlineData("Elasticsearch:Entities:user:Fields:name:Boosts", "Elasticsearch:Entities:user:Fields:name:Boost")]
    public void A_name_that_no_setting_has_is_noted_with_the_nearest(string name, string nearest)
    {
        var note = Assert.Single(Configured.Oddities(("Elasticsearch:Url", Url), (name, "5")));
        Assert.StartsWith($"{name} is not a setting", note, StringComparison.Ordinal);
        Assert.Contains($"Nearest: {nearest}.", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:9200")]
    [InlineData("http://127.0.0.1:9200/")]
    [InlineData("HTTPS://SEARCH.EXAMPLE/es")]
    public void Https_and_http_on_this_machine_are_fine(string url)
    {
        var options = Read(("Elasticsearch:Url", url))!;
        Assert.EndsWith("/", options.Url.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(options.Url.Host, options.ToString());
    }

    private static EntityType User(SearchOptions options) => options.Entities.Single(type => type.Name == "user");
}
