using static McpFunctionApp.Tests.Settings.ConfiguredSearch;

namespace McpFunctionApp.Tests.Settings;

/// <summary>Settings of search that stop the start.</summary>
public sealed class SearchSettingsFaultTests
{
    [Theory]
    [InlineData("Url", "search.example")]
    [InlineData("Url", "ftp://search.example")]
    [InlineData("Url", "http://search.example:9200")]
    [InlineData("Url", "http://10.0.0.1")]
    [InlineData("Url", "https://search.example/?pretty")]
    [InlineData("Url", "https://elastic:hunter2@search.example")]
    [InlineData("ApiKey", "two words")]
    [InlineData("ApiKey", "schlüssel")]
    [InlineData("Username", "elastic")]
    [InlineData("Password", "hunter2")]
    [InlineData("IndexPrefix", "Acme")]
    [InlineData("IndexPrefix", "*")]
    [InlineData("IndexPrefix", "a/b")]
    [InlineData("IndexPrefix", "_all")]
    [InlineData("FieldPrefix", "{tenant}_")]
    [InlineData("FieldPrefix", "user name")]
    [InlineData("FieldPrefix", "*")]
    [InlineData("FieldPrefix", ".{entity}")]
    [InlineData("MinScore", "-1")]
    [InlineData("MinScore", "high")]
    [InlineData("MinScore", "1,5")]
    [InlineData("MinScore", "NaN")]
    [InlineData("MinScore", "1e3")]
    [InlineData("AllowAnonymous", "yes")]
    [InlineData("Entities", "user,vendor")]
    [InlineData("Entities:user", "3")]
    [InlineData("Entities:Asset:Limit", "3")]
    [InlineData("Entities:my type:Limit", "3")]
    [InlineData("Entities:user:Limit", "0")]
    [InlineData("Entities:user:Limit", "101")]
    [InlineData("Entities:user:MinScore", "x")]
    [InlineData("Entities:user:Index", "a,b")]
    [InlineData("Entities:user:Index", "..")]
    [InlineData("Entities:user:Enabled", "no")]
    [InlineData("Entities:user:Fields", "name")]
    [InlineData("Entities:user:Fields:name", "3")]
    [InlineData("Entities:user:Fields:na me:Boost", "3")]
    [InlineData("Entities:user:Fields:name:Boost", "0")]
    [InlineData("Entities:user:Fields:name:Fuzziness", "3")]
    [InlineData("Entities:user:Fields:name:Fuzziness", "some")]
    public void A_wrong_value_is_one_fault_that_names_the_setting_and_no_secret(string name, string value)
    {
        var fault = Assert.Single(Configured.Faults(("Elasticsearch:Url", Url), ($"Elasticsearch:{name}", value)));
        Assert.StartsWith("Elasticsearch:", fault, StringComparison.Ordinal);
        var setting = name.Split(':')[0] is "Username" or "Password"
            ? ""
            : string.Join(
                ':',
                name.Split(':')[..(name.Contains("Fields:", StringComparison.Ordinal) ? 3 : Math.Min(2, name.Split(':').Length))]
            );
        Assert.Contains(setting == "Entities:user" && name == setting ? "Entities" : setting, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("schlüssel", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_listed_at_once() =>
        Assert.Equal(
            [
                "Elasticsearch:ApiKey",
                "Elasticsearch:Entities:user:Fields:name:Boost",
                "Elasticsearch:Entities:user:Limit",
                "Elasticsearch:Entities:vendor:Index",
                "Elasticsearch:MinScore",
                "Elasticsearch:Url",
                "Elasticsearch:Username",
            ],
            Configured
                .Faults(
                    ("Elasticsearch:Url", "nowhere"),
                    ("Elasticsearch:ApiKey", "k"),
                    ("Elasticsearch:Username", "a:b"),
                    ("Elasticsearch:Password", "p"),
                    ("Elasticsearch:MinScore", "x"),
                    ("Elasticsearch:Entities:user:Limit", "x"),
                    ("Elasticsearch:Entities:user:Fields:name:Boost", "x"),
                    ("Elasticsearch:Entities:vendor:Index", "*")
                )
                .Select(fault => fault.Split(' ')[0])
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void A_type_without_fields_and_a_search_without_types_are_faults()
    {
        Assert.StartsWith(
            "Elasticsearch:Entities:asset:Fields leaves no field",
            Assert.Single(
                Configured.Faults(
                    ("Elasticsearch:Url", Url),
                    ("Elasticsearch:Entities:asset:Fields:name:Enabled", "false"),
                    ("Elasticsearch:Entities:asset:Fields:id:Enabled", "false")
                )
            ),
            StringComparison.Ordinal
        );
        var none = DefaultNames().Select(name => ($"Elasticsearch:Entities:{name}:Enabled", (string?)"false"));
        Assert.StartsWith(
            "Elasticsearch:Entities leaves no entity type",
            Assert.Single(Configured.Faults([("Elasticsearch:Url", Url), .. none])),
            StringComparison.Ordinal
        );
    }

    private static IEnumerable<string> DefaultNames() => Read(("Elasticsearch:Url", Url))!.Entities.Select(type => type.Name);
}
