namespace McpFunctionApp.Tests.Sources;

public sealed class ManyOptionsTests
{
    [Fact]
    public void As_many_options_as_allowed_are_listed() =>
        Assert.Equal(
            200,
            MappedForm.OfField("DropDownFieldRest", MappedForm.Options(200))["f"].GetProperty("enum").GetArrayLength()
        );

    [Fact]
    public void One_more_makes_a_plain_string_that_gives_the_count_and_examples()
    {
        var form = MappedForm.OfField("DropDownFieldRest", MappedForm.Options(201));
        Assert.Equal("string", form["f"].GetProperty("type").GetString());
        Assert.False(form["f"].TryGetProperty("enum", out _));
        var description = form["f"].GetProperty("description").GetString()!;
        Assert.Contains("201", description, StringComparison.Ordinal);
        Assert.Contains("Option 1; Option 2", description, StringComparison.Ordinal);
        Assert.Equal(201, form.Schema.Properties[0].Options.Length);
    }

    [Theory]
    [InlineData("MultiSelectDropDownFieldRest")]
    [InlineData("CheckBoxFieldRest")]
    public void Multiple_choices_with_too_many_options_are_a_plain_array_of_strings(string type)
    {
        var form = MappedForm.OfField(type, MappedForm.Options(1_000));
        Assert.Equal("array", form["f"].GetProperty("type").GetString());
        Assert.Equal("""{"type":"string"}""", form["f"].GetProperty("items").GetRawText());
        Assert.Contains("1,000", form["f"].GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_limit_is_a_setting()
    {
        var form = MappedForm.OfField("DropDownFieldRest", MappedForm.Options(3), MappedForm.Limits with { MaxOptions = 2 });
        Assert.False(form["f"].TryGetProperty("enum", out _));
    }

    [Fact]
    public void The_count_survives_a_long_description()
    {
        var form = MappedForm.OfField(
            "DropDownFieldRest",
            $"\"description\":\"{new string('x', 5_000)}\",{MappedForm.Options(250)}"
        );
        Assert.Contains("250", form["f"].GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_hold_no_HTML()
    {
        var form = MappedForm.OfField("DropDownFieldRest", MappedForm.Options(250, "<script>alert(1)</script>"));
        Assert.DoesNotContain("script", form["f"].GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal("<script>alert(1)</script> 1", form.Schema.Properties[0].Options[0].Label);
    }

    [Fact]
    public void An_overlong_label_is_passed_over_as_an_example()
    {
        var form = MappedForm.OfField(
            "DropDownFieldRest",
            $"\"options\":[\"{new string('x', 200)}\",{string.Join(',', Enumerable.Range(0, 250).Select(i => $"\"Label {i}\""))}]"
        );
        Assert.Contains("Label 0; Label 1", form["f"].GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x", 200)]
    [InlineData("🙂", 100)]
    [InlineData("🙂", 38)]
    [InlineData("日", 200)]
    [InlineData("\\\"", 200)]
    public void Few_but_long_options_do_not_crowd_out_the_other_fields(string character, int repeated)
    {
        var label = string.Concat(Enumerable.Repeat(character, repeated));
        var options = MappedForm.Options(190, label);
        var form = MappedForm.Of(
            $$"""
            {"paramName":"f","type":"DropDownFieldRest",{{options}}},{"paramName":"g","type":"DropDownFieldRest",{{options}}},
            {"paramName":"h","type":"DropDownFieldRest",{{options}}},{"paramName":"other"}
            """
        );
        Assert.Equal(["f", "g", "h", "other"], form.Keys);
        Assert.Equal(190, form.Schema.Properties[0].Options.Length);
    }

    [Fact]
    public void A_default_with_all_of_very_many_options_does_not_crowd_out_the_other_fields()
    {
        var labels = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"Label {i}\""));
        var form = MappedForm.Of(
            $$"""{"paramName":"f","type":"CheckBoxFieldRest","options":[{{labels}}],"defaultValue":[{{labels}}]},"""
                + $$"""{"paramName":"other"}"""
        );
        Assert.Equal(["f", "other"], form.Keys);
    }
}
