using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Schemas;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.FormApi;

/// <summary>However many forms come, the managed heap keeps within the limit. Runs with nothing beside it.</summary>
[Collection("Memory")]
public sealed class SharedFormsLimitTests
{
    [Fact]
    public async Task Large_forms_of_which_each_has_parts_of_its_own_leave_memory_within_the_limit()
    {
        const long limit = 8 * 1_048_576;
        var clock = new ManualClock();
        using var forms = new SharedForms(MappedForm.Settings with { MemoryBytes = limit }, clock);
        using var memory = new SchemaMemory(forms, clock);
        var before = await MeasuredForms.SettledAsync();
        for (var number = 0; number < 300; number++)
        {
            var form = MappedForm
                .Of(
                    string.Join(
                        ',',
                        Enumerable
                            .Range(0, 20)
                            .Select(field =>
                                $$"""{"paramName":"f{{field}}","type":"DropDownFieldRest","""
                                + $$"""{{MappedForm.Options(50, $"Form {number}, option")}}}"""
                            )
                    )
                )
                .Schema;
            clock.Advance(TimeSpan.FromMilliseconds(1));
            memory.Keep(MeasuredForms.Key(number), FormOutcome.Of(form, clock.GetUtcNow().AddSeconds(300)), clock.GetUtcNow());
            Assert.NotNull(
                memory.Find(MeasuredForms.Key(number), clock.GetUtcNow()) ?? await KeptLaterAsync(memory, clock, number, form)
            );
        }

        await Eventually.TrueAsync(() => memory.Usage().Bytes <= limit, "room is made");
        Assert.InRange(GC.GetTotalMemory(true) - before, long.MinValue, limit * 5 / 4);
        Assert.InRange(memory.Usage().Forms, 20, 400);
    }

    [Fact]
    public async Task Fifty_thousand_callers_one_after_the_other_leave_memory_within_the_limit()
    {
        const long limit = 8 * 1_048_576;
        var clock = new ManualClock();
        using var forms = new SharedForms(MappedForm.Settings with { MemoryBytes = limit }, clock);
        using var memory = new SchemaMemory(forms, clock);
        var shared = MeasuredForms.Technician();
        var before = await MeasuredForms.SettledAsync();
        for (var round = 0; round < 4; round++)
        {
            for (var caller = 0; caller < 12_500; caller++)
            {
                // One in ten has a form of its own.
                var number = (round * 12_500) + caller;
                var form =
                    number % 10 > 0
                        ? shared
                        : MappedForm
                            .Of(
                                $$"""{"paramName":"a","type":"DropDownFieldRest","""
                                    + $$"""{{MappedForm.Options(5, $"Form {number}, option")}}}"""
                            )
                            .Schema;
                clock.Advance(TimeSpan.FromMilliseconds(1));
                memory.Keep(
                    MeasuredForms.Key(number),
                    FormOutcome.Of(form, clock.GetUtcNow().AddSeconds(300)),
                    clock.GetUtcNow()
                );
            }

            await Eventually.TrueAsync(() => memory.Usage().Bytes <= limit, "room is made");
            Assert.InRange(GC.GetTotalMemory(true) - before, long.MinValue, limit * 5 / 4);
            Assert.InRange(memory.Usage().Entries, 1_000, 20_000);
        }
    }

    /// <summary>While room is being made, a form may find none.</summary>
    private static async Task<FormOutcome?> KeptLaterAsync(SchemaMemory memory, ManualClock clock, int number, FormSchema form)
    {
        await Eventually.TrueAsync(
            () =>
            {
                memory.Keep(
                    MeasuredForms.Key(number),
                    FormOutcome.Of(form, clock.GetUtcNow().AddSeconds(300)),
                    clock.GetUtcNow()
                );
                return memory.Find(MeasuredForms.Key(number), clock.GetUtcNow()) is not null;
            },
            "a new form finds room"
        );
        return memory.Find(MeasuredForms.Key(number), clock.GetUtcNow());
    }
}
