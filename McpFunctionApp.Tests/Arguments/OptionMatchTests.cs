using McpFunctionApp.Forms;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Arguments;

/// <summary>The form's own spelling of an option is always understood, and what could be two options never is.</summary>
public sealed class OptionMatchTests
{
    private static FormSchema Choice(params string[] options) =>
        ReadArguments.Form(PropertyKind.Choice, ReadArguments.WithOptions(options));

    private static string Found(FormSchema form, string text)
    {
        var (filled, problems) = ReadArguments.Of(form, $$"""{"f":{{JsonSerializer.Serialize(text)}}}""");
        return problems.Count == 0 ? filled.Values[0].Chosen[0].Label : Assert.Single(problems.Told).Message;
    }

    [Theory]
    [InlineData("\u2764\ufe0f Care")]
    [InlineData("\U0001F468\u200d\U0001F469\u200d\U0001F467")]
    [InlineData("\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")]
    [InlineData("\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F")]
    [InlineData("Two  spaces")]
    [InlineData("No\u00a0break")]
    [InlineData("Caf\u0065\u0301")]
    [InlineData(" edges ")]
    [InlineData("a\tb\r\nc")]
    public void The_forms_own_spelling_is_understood_however_the_label_is_listed(string own)
    {
        var form = MappedForm.OfField("DropDownFieldRest", $"\"options\":[{JsonSerializer.Serialize(own)},\"other\"]").Schema;
        var label = form.Properties[0].Options[0].Label;
        Assert.Equal(label, Found(form, own));
        Assert.Equal(label, Found(form, label));
        Assert.Equal(label, Found(form, $" {own.ToUpperInvariant()}\n"));
    }

    [Theory]
    [InlineData("heart \u2764", "heart \u2764\ufe0f")]
    [InlineData("heart \u2764\ufe0f", "heart \u2764")]
    [InlineData("Caf\u00e9", "cafe\u0301")]
    [InlineData("\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "\u03a3\u038a\u03a3\u03a5\u03a6\u039f\u03a3")]
    [InlineData("Vi\u1ec7t", "Vie\u0302\u0323t")]
    [InlineData("\ud55c\uae00", "\u1112\u1161\u11ab\u1100\u1173\u11af")]
    [InlineData("\u212b", "\u00e5")]
    [InlineData("High priority", "high \u00a0 PRIORITY")]
    public void Case_white_space_Unicode_form_and_variation_selectors_make_no_difference(string label, string written) =>
        Assert.Equal(label, Found(Choice(label, "other"), written));

    [Theory]
    [InlineData("Low")]
    [InlineData("LOW")]
    public void An_exact_label_comes_before_a_similar_one(string label) =>
        Assert.Equal(label, Found(Choice("Low", "LOW", "High"), label));

    [Fact]
    public void Two_options_that_could_be_meant_are_both_named()
    {
        Assert.Equal(
            "'low' could be 'Low' or 'LOW': write one of them exactly.",
            Found(Choice("Low=1", "LOW=2", "High=3"), "low")
        );
        Assert.Equal("'7' could be 'A' or 'B': write one of them exactly.", Found(Choice("A=7", "B=\"7\"", "C=8"), "7"));
    }

    [Theory]
    [InlineData("1", "A")]
    [InlineData("x/1", "B")]
    [InlineData("true", "C")]
    [InlineData("a\"b", "D")]
    [InlineData("id-5", "E")]
    [InlineData("2.50", "F")]
    public void An_option_is_found_by_its_submitted_value_or_its_id(string text, string label)
    {
        var form = Choice("A=1", "B=\"x\\/1\"", "C=true", "D=\"a\\\"b\"", "E={\"id\":\"id-5\"}", "F=2.50");
        Assert.Equal(label, Found(form, text));
    }

    [Theory]
    [InlineData("3")]
    [InlineData("h")]
    [InlineData("high_priority")]
    public void An_id_beside_the_value_is_found_too(string text)
    {
        const string Options = """
            "options":[{"label":"High","value":"h","id":3,"name":"high_priority"},{"label":"Low","value":"l","id":4}]
            """;
        var form = MappedForm.OfField("DropDownFieldRest", Options).Schema;
        Assert.Equal("High", Found(form, text));
    }

    [Fact]
    public void A_value_that_only_one_option_submits_decides_between_similar_labels() =>
        Assert.Equal("low", Found(Choice("Low=\"x\"", "low=\"LOW\""), "LOW"));

    [Fact]
    public void A_label_of_what_looks_like_html_is_not_taken_for_another() =>
        Assert.Contains("is not one of", Found(Choice("List<int>", "List<text>"), "List"), StringComparison.Ordinal);

    [Fact]
    public void Long_lists_are_searched_like_short_ones()
    {
        var form = Choice([.. Enumerable.Range(1, 5_000).Select(i => $"Option {i}=\"v{i}\"")]);
        Assert.Equal("Option 4999", Found(form, "Option 4999"));
        Assert.Equal("Option 4999", Found(form, " OPTION  4999"));
        Assert.Equal("Option 4999", Found(form, "v4999"));
        Assert.Contains("is not one of", Found(form, "Option 5001"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_of_a_cascade_is_an_option_like_others() =>
        Assert.Equal(
            "Europe > Berlin",
            Found(
                ReadArguments.Form(PropertyKind.Cascade, ReadArguments.WithOptions("Europe > Berlin=5", "Asia > Tokyo=6")),
                "europe >  berlin"
            )
        );

    [Theory]
    [InlineData("true", "true")]
    [InlineData("\"False\"", "false")]
    [InlineData("\"yes\"", "true")]
    public void A_flag_with_values_of_its_own_is_true_or_false(string given, string read)
    {
        var form = ReadArguments.Form(PropertyKind.Boolean, ReadArguments.WithOptions("true=\"yes\"", "false=\"no\""));
        Assert.Equal($$"""{"f":{{read}}}""", ReadArguments.Data(form, $$"""{"f":{{given}}}"""));
    }
}
