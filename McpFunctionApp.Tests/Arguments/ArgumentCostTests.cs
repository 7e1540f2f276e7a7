using McpFunctionApp.Arguments;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Tests.Arguments;

/// <summary>Reading costs by the size of the arguments, and no more: problems past the fiftieth are counted and not
/// made.</summary>
public sealed class ArgumentCostTests
{
    private static readonly FormSchema s_form = ReadArguments.Form([
        .. Enumerable
            .Range(0, 150)
            .Select(i => FormProperty.Plain($"parameter_{i}", PropertyKind.Text, "A text.") with { Required = false }),
        ReadArguments.WithOptions([.. Enumerable.Range(0, 300).Select(i => $"Option {i}")])(
            FormProperty.Plain("several", PropertyKind.Choices, "Choices.") with
            {
                Required = false,
            }
        ),
        FormProperty.Plain("texts", PropertyKind.Choices, "Texts.") with
        {
            Required = false,
        },
    ]);

    public static TheoryData<string, int> Floods =>
        new()
        {
            { $"{{{string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"p{i}\":1"))}}}", 100_000 },
            { $$"""{"several":[{{string.Join(',', Enumerable.Repeat("1", 520_000))}}]}""", 520_000 },
            { $$"""{"several":[{{string.Join(',', Enumerable.Repeat("\"Optoin\"", 100_000))}}]}""", 100_000 },
            { $$"""{"texts":[{{string.Join(',', Enumerable.Repeat("{}", 350_000))}}]}""", 350_000 },
            { $$"""{"several":"[{{string.Join(',', Enumerable.Repeat("1", 520_000))}}]"}""", 520_000 },
        };

    [Theory]
    [MemberData(nameof(Floods))]
    public void A_megabyte_of_mistakes_is_counted(string arguments, int count)
    {
        var json = JsonElement.Parse(arguments);
        var reader = new ArgumentReader(ArgumentReader.UsuallyIgnored);
        reader.Read(s_form, json, ArgumentReader.Unknown);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var problems = reader.Read(s_form, json, ArgumentReader.Unknown).Problems;
        Assert.Equal((count, 50), (problems.Count, problems.Told.Count));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300L * count);
        Assert.InRange(problems.ToReply().Text.Length, 1, 50_000);

        // Of several tries the least, since what other tests keep meanwhile is counted, too.
        Assert.Contains(Enumerable.Range(0, 5), _ => Kept(reader, json) <= 8_000_000);
    }

    private static long Kept(ArgumentReader reader, JsonElement json)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var reading = reader.Read(s_form, json, ArgumentReader.Unknown);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(reading);
        return kept;
    }

    [Fact]
    public void Each_problem_past_the_fiftieth_costs_the_same_however_many_there_are()
    {
        var few = Allocated(20_000);
        Assert.InRange(Allocated(80_000), 0, 5 * few);

        static long Allocated(int count)
        {
            var json = JsonElement.Parse(
                $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"parameter_x{i}\":1"))}}}"
            );
            var reader = new ArgumentReader(ArgumentReader.UsuallyIgnored);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(count, reader.Read(s_form, json, ArgumentReader.Unknown).Problems.Count);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
