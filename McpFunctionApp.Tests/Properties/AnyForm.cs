using System.Text;
using FsCheck;
using FsCheck.Fluent;
using McpFunctionApp.Forms;
using McpFunctionApp.Sources;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Properties;

/// <summary>A form of any fields, a caller's groups, and settings; a failing one is shrunk by taking fields out.</summary>
/// <param name="Seed">Chooses the arguments of a call.</param>
internal sealed record AnyForm(IReadOnlyList<AnyField> Fields, string[]? Groups, FormLimits Limits, int Seed)
{
    private static readonly Gen<FormLimits> s_limits = Gen.Frequency(
        (3, Gen.Constant(MappedForm.Limits)),
        (
            1,
            from options in Gen.Choose(1, 20)
            from fields in Gen.Choose(1, 20)
            from bytes in Gen.Choose(1_024, 8_192)
            select MappedForm.Limits with
            {
                MaxOptions = options,
                MaxFields = fields,
                MaxSchemaBytes = bytes,
            }
        )
    );

    private static readonly Gen<AnyForm> s_generator =
        from fields in Gen.OneOf(AnyField.Whole.ArrayOf(), AnyField.WholeOrBroken.ArrayOf())
        from groups in Gen.Elements<string[]?>(null, [], ["1"], ["it", "3"])
        from limits in s_limits
        from seed in Gen.Choose(0, int.MaxValue)
        select new AnyForm(fields, groups, limits, seed);

    public static Arbitrary<AnyForm> Cases { get; } = Arb.From(s_generator, Smaller);

    public string Json => $$"""{"fieldList":[{{string.Join(',', Fields.Select(one => one.Json))}}]}""";

    /// <summary>The fields of which everything is known, by their key: those that share it with no other.</summary>
    public IReadOnlyDictionary<string, AnyField> Known =>
        Fields.Any(one => one.Key is null)
            ? new Dictionary<string, AnyField>()
            : Fields
                .GroupBy(one => one.Key!, StringComparer.Ordinal)
                .Where(same => same.Count() == 1)
                .ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);

    public FormSchema Map()
    {
        var answer = FormReader.Read(Encoding.UTF8.GetBytes(Json), new FormNotes(), out var problem);
        if (answer is null)
        {
            // Of a form whose every entry is broken nothing is left.
            Assert.Equal("none of its fields can be read", problem);
            return new FormSchema([], "");
        }

        return FormMapper.Map(answer, Groups is null ? null : [.. Groups], Limits, new FormNotes());
    }

    public override string ToString() => $"groups {JsonSerializer.Serialize(Groups)}, {Limits}, seed {Seed}: {Json}";

    private static IEnumerable<AnyForm> Smaller(AnyForm form)
    {
        for (var size = form.Fields.Count; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= form.Fields.Count; at += size)
            {
                yield return form with
                {
                    Fields = [.. form.Fields.Take(at), .. form.Fields.Skip(at + size)],
                };
            }
        }
    }
}
