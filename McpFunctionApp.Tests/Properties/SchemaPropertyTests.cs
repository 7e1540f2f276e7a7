using System.Text;
using McpFunctionApp.Forms;
using McpFunctionApp.Sources;
using McpFunctionApp.Tests.Schemas;

namespace McpFunctionApp.Tests.Properties;

/// <summary>What holds for the schema of any form.</summary>
public sealed class SchemaPropertyTests
{
    [Fact]
    public void The_schema_of_any_form_is_safe_and_within_its_limits() =>
        Runs.ForAll(
            AnyForm.Cases,
            11,
            form =>
            {
                var schema = form.Map();
                SchemaSafety.Check(schema.InputSchema, form.Limits.MaxSchemaBytes);
                Assert.InRange(schema.Properties.Length, 0, form.Limits.MaxFields);
                Assert.Equal(
                    schema.Properties.Select(p => p.Key),
                    schema.InputSchema.GetProperty("properties").EnumerateObject().Select(p => p.Name)
                );
                if (schema.Note.Length > 0)
                {
                    DescriptionSafety.Check(schema.Note, 2_000);
                }
            }
        );

    [Fact]
    public void The_same_form_gives_the_same_bytes() =>
        Runs.ForAll(
            AnyForm.Cases,
            12,
            form =>
            {
                var (first, second) = (form.Map(), form.Map());
                Assert.Equal(first.InputSchema.GetRawText(), second.InputSchema.GetRawText());
                Assert.Equal(first.Note, second.Note);
            }
        );

    [Fact]
    public void What_is_stored_of_a_form_comes_back_as_the_same_schema_and_the_same_parameters() =>
        Runs.ForAll(
            AnyForm.Cases,
            13,
            form =>
            {
                var schema = form.Map();
                var back = FormCodec.Decode(FormCodec.Encode(schema));
                Assert.NotNull(back);
                Assert.Equal(schema.InputSchema.GetRawText(), back.InputSchema.GetRawText());
                Assert.Equal(JsonSerializer.Serialize(schema.Properties), JsonSerializer.Serialize(back.Properties));
                Assert.Equal(schema.Note, back.Note);
            }
        );

    [Fact]
    public void Only_and_all_fields_that_the_caller_may_use_are_offered() =>
        Runs.ForAll(
            AnyForm.Cases,
            14,
            form =>
            {
                var known = form.Known;
                var schema = form.Map();
                var offered = schema.Properties.Select(p => p.OriginalKey).ToHashSet(StringComparer.Ordinal);
                Assert.DoesNotContain(known, field => !field.Value.IsOffered(form.Groups) && offered.Contains(field.Key));
                Assert.DoesNotContain(
                    known,
                    field => schema.Note.Length == 0 && field.Value.IsOffered(form.Groups) && !offered.Contains(field.Key)
                );
            }
        );

    [Fact]
    public void The_bytes_of_a_form_damaged_in_any_way_are_a_form_or_a_problem_and_never_an_exception() =>
        Runs.ForAll(
            AnyForm.Cases,
            15,
            form =>
            {
                var random = new Random(form.Seed);
                var bytes = Encoding.UTF8.GetBytes(form.Json);
                for (var hits = random.Next(1, 6); hits > 0; hits--)
                {
                    bytes[random.Next(bytes.Length)] =
                        random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"\"\\{}[],:u0 \n"[random.Next(12)];
                }

                var answer = FormReader.Read(
                    bytes.AsMemory(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length),
                    new FormNotes(),
                    out var problem
                );
                Assert.Equal(answer is null, problem.Length > 0);
                if (answer is not null)
                {
                    SchemaSafety.Check(
                        FormMapper.Map(answer, null, form.Limits, new FormNotes()).InputSchema,
                        form.Limits.MaxSchemaBytes
                    );
                }
            },
            runs: 600
        );
}
