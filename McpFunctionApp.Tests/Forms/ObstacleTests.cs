using McpFunctionApp.Forms;
using McpFunctionApp.Tests.Schemas;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Forms;

/// <summary>What no tool may ask for, or can: left out, or the form is not offered.</summary>
public sealed class ObstacleTests
{
    private static FormSchema Map(out FormNotes notes, params FormField[] fields)
    {
        notes = new FormNotes();
        var schema = FormMapper.Map(new FormAnswer([.. fields], []), null, MappedForm.Limits, notes);
        SchemaSafety.Check(schema.InputSchema);
        return schema;
    }

    private static FormField Field(string key, FieldOffer offer, bool required) =>
        new(key, $"The {key}", PropertyKind.Text) { Offer = offer, Required = required };

    [Theory]
    [InlineData("\"type\":\"PasswordFieldRest\"")]
    [InlineData("\"format\":\"password\"")]
    [InlineData("\"writeOnly\":1")]
    [InlineData("\"secret\":true")]
    [InlineData("\"masked\":\"true\"")]
    public void A_secret_is_offered_nowhere(string mark)
    {
        var form = MappedForm.Of($$"""{"paramName":"pin","name":"Pin",{{mark}},"defaultValue":"1234"},{"paramName":"g"}""");
        Assert.Equal(["g"], form.Keys);
        Assert.Contains("'Pin'", Assert.Single(form.Notes.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain("1234", string.Join(' ', form.Notes.Warnings.Concat(form.Notes.Details)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FieldOffer.Secret)]
    [InlineData(FieldOffer.NotHere)]
    public void A_form_that_requires_what_cannot_be_offered_is_not_offered_and_says_what_it_is(FieldOffer offer)
    {
        var schema = Map(out var notes, Field("subject", FieldOffer.Offered, true), Field("pin", offer, true));
        Assert.Equal("The pin", schema.Obstacle);
        Assert.Empty(schema.Properties);
        Assert.Single(notes.Warnings);
    }

    [Theory]
    [InlineData(FieldOffer.Secret)]
    [InlineData(FieldOffer.NotHere)]
    [InlineData(FieldOffer.ById)]
    public void An_optional_one_is_left_out(FieldOffer offer)
    {
        var schema = Map(out var notes, Field("subject", FieldOffer.Offered, true), Field("pin", offer, false));
        Assert.Equal(["subject"], schema.Properties.Select(property => property.Key));
        Assert.Null(schema.Obstacle);
        Assert.Single(notes.Warnings);
    }

    [Fact]
    public void What_is_hidden_or_for_other_groups_stands_in_nobodys_way_and_is_not_named()
    {
        var restricted = Field("b", FieldOffer.Secret, true) with
        {
            Groups =
            [
                ["1"],
            ],
        };
        var schema = FormMapper.Map(
            new FormAnswer([Field("subject", FieldOffer.Offered, true), Field("a", FieldOffer.Hidden, true), restricted], []),
            [],
            MappedForm.Limits,
            new FormNotes()
        );
        Assert.Null(schema.Obstacle);
        Assert.Single(schema.Properties);
    }

    [Fact]
    public void Where_the_form_takes_an_id_a_required_one_is_asked_for_by_it()
    {
        var property = Assert.Single(Map(out _, Field("owner", FieldOffer.ById, true)).Properties);
        Assert.Equal((PropertyKind.Text, true, "The id of The owner"), (property.Kind, property.Required, property.Description));
    }

    [Fact]
    public void A_required_one_with_a_default_is_submitted_unasked_and_a_secret_never()
    {
        var given = JsonElement.Parse("""{"id":7}""");
        var schema = Map(
            out _,
            Field("subject", FieldOffer.Offered, true),
            Field("file", FieldOffer.NotHere, true) with
            {
                Default = given,
            },
            Field("owner", FieldOffer.ById, true) with
            {
                Default = given,
            },
            Field("pin", FieldOffer.Secret, true) with
            {
                Default = given,
            }
        );
        Assert.Null(schema.Obstacle);
        Assert.Equal(["subject"], schema.Properties.Select(property => property.Key));
        Assert.Equal(
            [("file", """{"id":7}"""), ("owner", """{"id":7}""")],
            schema.Fixed.Select(value => (Assert.Single(value.Path), value.ValueJson))
        );
    }

    [Fact]
    public void Only_some_of_very_many_obstacles_are_named()
    {
        var schema = Map(
            out _,
            [.. Enumerable.Range(0, 1_000).Select(i => Field($"<b>{new string('x', 200)}</b>{i}", FieldOffer.Secret, true))]
        );
        Assert.InRange(schema.Obstacle!.Length, 10, 1_000);
        Assert.DoesNotContain("<b>", schema.Obstacle, StringComparison.Ordinal);
    }
}
