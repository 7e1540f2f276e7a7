using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Submissions;

/// <summary>One odd member drops only itself.</summary>
public sealed class OddMemberTests
{
    private static readonly string[] s_odd =
    [
        "null",
        "true",
        "7",
        "1e400",
        "\"\"",
        "\"odd\"",
        "\"\\ud800\"",
        "[]",
        "[null]",
        "{}",
        "{\"en\":\"x\"}",
        "{\"id\":1}",
        "{\"\\ud800\":1}",
    ];

    [Theory]
    [InlineData("name")]
    [InlineData("type")]
    [InlineData("description")]
    [InlineData("required")]
    [InlineData("requesterRequired")]
    [InlineData("requesterViewOnly")]
    [InlineData("requesterCanEdit")]
    [InlineData("options")]
    [InlineData("attributes")]
    [InlineData("defaultValue")]
    [InlineData("minLength")]
    [InlineData("maxLength")]
    [InlineData("sectionId")]
    [InlineData("subType")]
    [InlineData("\\ud800")]
    public void A_field_stays_whatever_one_of_its_members_holds(string member)
    {
        foreach (var value in s_odd.Where(value => member != "requesterViewOnly" || value != "true"))
        {
            Assert.Equal(["f", "g"], MappedForm.Of($$"""{"paramName":"f","{{member}}":{{value}}},{"paramName":"g"}""").Keys);
            Assert.Equal(["f", "g"], MappedForm.Of($$"""{"{{member}}":{{value}},"paramName":"f"},{"paramName":"g"}""").Keys);
        }
    }

    [Theory]
    [InlineData("\"required\":1", """{"type":"string","description":"F","minLength":1}""")]
    [InlineData("\"hidden\":0", """{"type":"string","description":"F"}""")]
    [InlineData("\"description\":{\"de\":\"y\",\"en-US\":\"x\"}", """{"type":"string","description":"F: x"}""")]
    [InlineData("\"description\":{\"de\":\"y\"}", """{"type":"string","description":"F: y"}""")]
    [InlineData("\"description\":[\"x\"]", """{"type":"string","description":"F"}""")]
    [InlineData("\"type\":{\"id\":1}", """{"type":"string","description":"F"}""")]
    [InlineData("\"type\":{\"id\":1},\"options\":[\"a\"]", """{"type":"string","description":"F","enum":["a"]}""")]
    [InlineData("\"minLength\":\"many\",\"maxLength\":5", """{"type":"string","description":"F","maxLength":5}""")]
    [InlineData("\"options\":{\"2\":\"Open\"}", """{"type":"string","description":"F","enum":["Open"]}""")]
    public void What_was_seen_in_forms_is_read(string members, string expected) =>
        Assert.Equal(expected, MappedForm.Of($$"""{"name":"F","paramName":"f",{{members}}}""").Only);

    [Fact]
    public void A_name_in_several_languages_is_shown_in_English_and_can_be_the_key()
    {
        var form = MappedForm.Of(
            """{"name":{"de":"Priorit\u00e4t","en":"Priority"},"paramName":"f"},{"name":{"en":"Cost centre"}}"""
        );
        Assert.Equal(["f", "cost_centre"], form.Keys);
        Assert.Equal("Priority", form["f"].GetProperty("description").GetString());
    }

    [Fact]
    public void A_number_as_paramName_is_a_key() => Assert.Equal(["7"], MappedForm.Of("""{"paramName":7,"name":"F"}""").Keys);
}
