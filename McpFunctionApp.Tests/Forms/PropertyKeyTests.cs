using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Forms;

public sealed class PropertyKeyTests
{
    private static MappedForm OfNames(string member, params string[] names) =>
        MappedForm.Of(string.Join(',', names.Select(name => $$"""{"{{member}}":{{JsonSerializer.Serialize(name)}}}""")));

    [Theory]
    [InlineData("subject")]
    [InlineData("Subject_2")]
    [InlineData("_private")]
    [InlineData("2nd")]
    [InlineData("a__b")]
    public void A_safe_paramName_is_the_key(string paramName) => Assert.Equal([paramName], OfNames("paramName", paramName).Keys);

    [Theory]
    [InlineData("Subject", "subject")]
    [InlineData("Request Type", "request_type")]
    [InlineData("requestType", "request_type")]
    [InlineData("Due-Date (UTC)", "due_date_utc")]
    public void Without_a_paramName_the_name_in_lower_snake_case_is_the_key(string name, string key)
    {
        Assert.Equal([key], OfNames("name", name).Keys);
        Assert.Equal(
            [key],
            MappedForm.Of($$"""{"name":"{{name}}","paramName":" "},{"name":"{{name}}","paramName":null,"hidden":true}""").Keys
        );
    }

    [Theory]
    [InlineData("cf.asset-tag", "cf_asset_tag")]
    [InlineData("größe", "gr_e")]
    [InlineData("a b", "a_b")]
    [InlineData("$ref", "ref")]
    [InlineData("日本語", "field")]
    [InlineData("🙂", "field")]
    [InlineData("\"quoted\"", "quoted")]
    [InlineData("a\u0000b\r\n", "a_b")]
    public void A_key_is_made_safe_and_the_original_is_kept_for_submission(string paramName, string key)
    {
        var property = Assert.Single(OfNames("paramName", paramName).Schema.Properties);
        Assert.Equal(key, property.Key);
        Assert.Equal(paramName, property.OriginalKey);
    }

    [Theory]
    [InlineData(" padded ", "padded")]
    [InlineData("tab\t", "tab")]
    public void White_space_of_a_key_is_kept_for_submission_too(string given, string key)
    {
        foreach (var member in (string[])["paramName", "name"])
        {
            var property = Assert.Single(OfNames(member, given).Schema.Properties);
            Assert.Equal(key, property.Key);
            Assert.Equal(given, property.OriginalKey);
        }
    }

    [Fact]
    public void A_long_key_is_cut_to_64_characters()
    {
        var property = Assert.Single(OfNames("paramName", new string('x', 65)).Schema.Properties);
        Assert.Equal(new string('x', 64), property.Key);
        Assert.Equal(new string('x', 65), property.OriginalKey);
        Assert.Equal([new string('x', 64)], OfNames("paramName", new string('x', 64)).Keys);
    }

    [Fact]
    public void Colliding_keys_are_numbered_from_2_in_the_forms_order() =>
        Assert.Equal(["a", "a_2", "a_3", "b"], OfNames("paramName", "a", "a", "a", "b").Keys);

    [Fact]
    public void A_number_that_is_taken_is_passed_over() =>
        Assert.Equal(["a", "a_2", "a_3", "a_2_2"], OfNames("paramName", "a", "a_2", "a", "a_2").Keys);

    [Fact]
    public void Different_keys_that_become_the_same_are_told_apart()
    {
        var form = OfNames("paramName", "a.b", "a-b", "a b", "a_b");
        Assert.Equal(["a_b", "a_b_2", "a_b_3", "a_b_4"], form.Keys);
        Assert.Equal(["a.b", "a-b", "a b", "a_b"], form.Schema.Properties.Select(p => p.OriginalKey));
    }

    [Fact]
    public void Long_keys_that_collide_stay_within_64_characters()
    {
        var form = OfNames("paramName", [.. Enumerable.Repeat(new string('x', 80), 12)]);
        Assert.Equal(12, form.Keys.Count);
        Assert.All(form.Keys, key => Assert.Equal(64, key.Length));
    }

    [Theory]
    [InlineData("__proto__")]
    [InlineData("constructor")]
    [InlineData("prototype")]
    [InlineData("toString")]
    [InlineData("toLocaleString")]
    [InlineData("valueOf")]
    [InlineData("hasOwnProperty")]
    [InlineData("isPrototypeOf")]
    [InlineData("propertyIsEnumerable")]
    [InlineData("__defineGetter__")]
    [InlineData("__lookupSetter__")]
    public void Names_that_JavaScript_trips_over_are_replaced(string name)
    {
        Assert.Equal([$"field_{name.Trim('_')}"], OfNames("paramName", name).Keys);
        var property = Assert.Single(OfNames("name", name).Schema.Properties);
        Assert.DoesNotContain(property.Key, (string[])["__proto__", "constructor", "prototype", name]);
        Assert.Equal(name, property.OriginalKey);
    }

    [Fact]
    public void Where_keys_say_nothing_titles_tell_the_fields_apart_and_descriptions_name_them()
    {
        var form = MappedForm.Of(
            """{"name":"主题","paramName":"主题","description":"请填写"},{"name":"优先级"},{"name":"الأولوية","paramName":"الأولوية"}"""
        );
        Assert.Equal(["field", "field_2", "field_3"], form.Keys);
        Assert.Equal(["主题", "优先级", "الأولوية"], form.Keys.Select(key => form[key].GetProperty("title").GetString()));
        Assert.Equal(
            ["主题: 请填写", "优先级", "الأولوية"],
            form.Keys.Select(key => form[key].GetProperty("description").GetString())
        );
    }

    [Theory]
    [InlineData("Request Type", "request_type", null)]
    [InlineData("Cost centre", "cf_17", "Cost centre")]
    [InlineData("<b>Betreff</b>", "subject", "Betreff")]
    public void A_name_that_the_key_does_not_say_is_kept_as_title_and_listed_only_where_the_key_says_nothing(
        string name,
        string key,
        string? title
    )
    {
        var form = MappedForm.Of($$"""{"name":"{{name}}","paramName":"{{key}}"}""");
        Assert.Equal(title, Assert.Single(form.Schema.Properties).Title);
        Assert.False(form[key].TryGetProperty("title", out _));
    }
}
