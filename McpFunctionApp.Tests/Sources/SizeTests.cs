using System.Text;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Tests.Sources;

public sealed class SizeTests
{
    private static string Fields(int count, Func<int, bool>? required = null, string description = "") =>
        string.Join(
            ',',
            Enumerable
                .Range(1, count)
                .Select(i =>
                    $$"""{"paramName":"f{{i}}","required":{{(required?.Invoke(i) == true ? "true" : "false")}}"""
                    + $$""","description":"{{description}}"}"""
                )
        );

    private static readonly FormLimits s_three = MappedForm.Limits with { MaxFields = 3 };

    [Fact]
    public void As_many_fields_as_allowed_are_offered()
    {
        var form = MappedForm.Of(Fields(200));
        Assert.Equal(200, form.Keys.Count);
        Assert.Empty(form.Schema.Note);
        Assert.Empty(form.Notes.Warnings);
    }

    [Fact]
    public void Over_the_limit_optional_fields_are_left_out_from_the_last()
    {
        var form = MappedForm.Of(Fields(5), limits: s_three);
        Assert.Equal(["f1", "f2", "f3"], form.Keys);
        Assert.Equal(["f1", "f2", "f3"], form.Schema.Properties.Select(p => p.Key));
    }

    [Fact]
    public void What_is_left_out_is_in_a_warning_and_in_the_tools_description()
    {
        var form = MappedForm.Of(Fields(5), limits: s_three);
        Assert.Contains("Schemas:MaxFields", Assert.Single(form.Notes.Warnings), StringComparison.Ordinal);
        Assert.Contains("2 optional fields", form.Schema.Note, StringComparison.Ordinal);
        Assert.Contains("f4, f5", form.Schema.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Required_fields_stay_before_optional_ones_wherever_they_stand()
    {
        var form = MappedForm.Of(Fields(6, i => i % 2 == 0), limits: s_three);
        Assert.Equal(["f2", "f4", "f6"], form.Keys);
        Assert.Equal(["f2", "f4", "f6"], form.Required);
        Assert.DoesNotContain("requires", form.Schema.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_required_field_that_cannot_be_offered_is_named_in_the_tools_description()
    {
        var form = MappedForm.Of(Fields(5, _ => true), limits: s_three);
        Assert.Equal(["f1", "f2", "f3"], form.Keys);
        Assert.Contains("requires", form.Schema.Note, StringComparison.Ordinal);
        Assert.Contains("f4, f5", form.Schema.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Over_the_limit_of_bytes_optional_fields_are_left_out_from_the_last()
    {
        var limits = MappedForm.Limits with { MaxSchemaBytes = 2_048 };
        var form = MappedForm.Of(Fields(30, i => i == 30, "What this field is for, in some words"), limits: limits);
        Assert.InRange(Encoding.UTF8.GetByteCount(form.Json), 1_700, 2_048);
        Assert.Equal([.. Enumerable.Range(1, form.Keys.Count - 1).Select(i => $"f{i}"), "f30"], form.Keys);
        Assert.Contains("Schemas:MaxSchemaBytes", Assert.Single(form.Notes.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_are_counted_as_UTF_8()
    {
        var form = MappedForm.Of(Fields(200, null, new string('日', 500)));
        Assert.InRange(Encoding.UTF8.GetByteCount(form.Json), 60_000, 65_536);
        Assert.NotEmpty(form.Notes.Warnings);
    }

    [Fact]
    public void The_measure_of_each_parameter_adds_up_to_the_schema()
    {
        var form = MappedForm.Of(
            """
            {"paramName":"a","required":true,"minLength":2,"description":"x\"y 🙂"},
            {"paramName":"b","type":"NumberFieldRest","maxLength":1e20,"defaultValue":0.1},
            {"paramName":"c","type":"CheckBoxFieldRest","options":["ä","日"],"defaultValue":["ä"]}
            """
        );
        var measured = JsonSchemaWriter.Frame + form.Schema.Properties.Sum(JsonSchemaWriter.Measure);
        Assert.InRange(measured - Encoding.UTF8.GetByteCount(form.Json), 0, 2);
    }

    [Fact]
    public void Ten_thousand_fields_give_a_bounded_schema_and_bounded_notes()
    {
        var form = MappedForm.Of(Fields(10_000, i => i % 40 == 0));
        Assert.Equal(200, form.Keys.Count);
        Assert.Equal(200, form.Required.Count);
        Assert.InRange(form.Schema.Note.Length, 1, 2_000);
        Assert.InRange(form.Notes.Warnings.Count, 1, 60);
    }

    [Fact]
    public void A_form_without_a_usable_field_has_no_parameters()
    {
        Assert.Equal("""{"type":"object","properties":{},"additionalProperties":false}""", MappedForm.Of("").Json);
        Assert.Empty(MappedForm.Of("""{"paramName":"f","hidden":true}""").Schema.Properties);
    }
}
