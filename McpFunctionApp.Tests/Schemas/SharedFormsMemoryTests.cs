using McpFunctionApp.Sample;
using McpFunctionApp.Schemas;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>What cached forms take on the managed heap, against what they are charged. Runs with nothing beside it.</summary>
[Collection("Memory")]
public sealed class SharedFormsMemoryTests
{
    private const int Callers = 1_000;
    private const int Copies = 20;

    private static readonly ReadOnlyMemory<byte> s_technician = new SampleForms().Of(SampleCallers.All[2]).Bytes;

    [Fact]
    public void A_caller_of_the_technicians_form_takes_less_than_12_KB_beyond_one_copy()
    {
        var clock = new ManualClock();
        using var forms = new SharedForms(MappedForm.Limits, clock);
        using var memory = new SchemaMemory(forms, clock);
        var until = clock.GetUtcNow().AddSeconds(300);
        memory.Keep(Key(0), FormOutcome.Of(Technician(), until), clock.GetUtcNow());
        var before = GC.GetTotalMemory(true);
        var charged = memory.Usage().Bytes;
        for (var caller = 1; caller <= Callers; caller += Callers / Copies)
        {
            var copy = Technician();
            for (var same = 0; same < Callers / Copies; same++)
            {
                memory.Keep(Key(caller + same), FormOutcome.Of(copy, until), clock.GetUtcNow());
            }
        }

        var perCaller = (GC.GetTotalMemory(true) - before) / Callers;
        Assert.InRange(perCaller, 1, 2_000);
        Assert.Equal(SharedForms.EntryBytes, (memory.Usage().Bytes - charged) / Callers);
        Assert.InRange(SharedForms.EntryBytes, perCaller / 2, perCaller * 2);
    }

    [Fact]
    public void A_large_form_is_charged_what_it_takes() => ChargedAsTaken(Technician, 100);

    [Fact]
    public void A_small_form_is_charged_what_it_takes() => ChargedAsTaken(() => MappedForm.Of(Given.Fields).Schema, 4_000);

    [Fact]
    public async Task A_hundred_thousand_callers_one_after_the_other_leave_memory_within_the_limit()
    {
        const long limit = 8 * 1_048_576;
        var clock = new ManualClock();
        using var forms = new SharedForms(MappedForm.Limits with { MemoryBytes = limit }, clock);
        using var memory = new SchemaMemory(forms, clock);
        var shared = Technician();
        var before = GC.GetTotalMemory(true);
        for (var round = 0; round < 4; round++)
        {
            for (var caller = 0; caller < 25_000; caller++)
            {
                // One in ten has a form of its own.
                var number = (round * 25_000) + caller;
                var form = number % 10 > 0 ? shared : MappedForm.Of($$"""{"paramName":"a","type":"DropDownFieldRest",{{MappedForm.Options(5, $"Form {number}, option")}}}""").Schema;
                clock.Advance(TimeSpan.FromMilliseconds(1));
                memory.Keep(Key(number), FormOutcome.Of(form, clock.GetUtcNow().AddSeconds(300)), clock.GetUtcNow());
            }

            await Eventually.TrueAsync(() => memory.Usage().Bytes <= limit, "room is made");
            Assert.InRange(GC.GetTotalMemory(true) - before, 0, limit * 5 / 4);
            Assert.InRange(memory.Usage().Entries, 1_000, 20_000);
        }
    }

    private static void ChargedAsTaken(Func<FormSchema> make, int copies)
    {
        // What a list keeps of it is made elsewhere: the schema once more as text, and what goes around it.
        var listed = make().InputSchema.GetRawText().Length + 1_024;
        var kept = new FormSchema[copies];
        var before = GC.GetTotalMemory(true);
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = make();
            kept[i].Row();
        }

        var taken = ((GC.GetTotalMemory(true) - before) / kept.Length) + listed;
        Assert.InRange(kept[0].MemoryBytes, taken * 0.8, taken * 1.25);
    }

    private static FormSchema Technician() => FormMapper.Map(FormReader.Read(s_technician, out _)!, null, MappedForm.Limits, new MappingNotes());

    private static SchemaKey Key(int caller) => new(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(caller))), "create_request");
}
