using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.FormApi;

/// <summary>Holds all threads of the pool, on which the cache says what has gone: runs with nothing beside it.</summary>
[Collection("Memory")]
public sealed class SharedFormsBusyTests
{
    [Fact]
    public async Task New_forms_push_out_a_part_and_not_all_while_the_process_is_too_busy_to_say_what_has_gone()
    {
        const long limit = 1_048_576;
        var clock = new ManualClock();
        using var forms = new SharedForms(MappedForm.Settings with { MemoryBytes = limit }, clock);
        await Task.Factory.StartNew(() => FillWhileBusy(forms, clock), TaskCreationOptions.LongRunning);
        var kept = forms.Cache.Keys.OfType<FormDigest>().Sum(digest => forms.Find(digest)?.MemoryBytes ?? 0);
        Assert.InRange(kept, limit / 3, limit);
    }

    private static void FillWhileBusy(SharedForms forms, ManualClock clock)
    {
        using var free = new ManualResetEventSlim();
        for (var thread = 0; thread < 100; thread++)
        {
            _ = Task.Run(free.Wait);
        }

        for (var form = 0; form < 1_000; form++)
        {
            clock.Advance(TimeSpan.FromTicks(1));
            forms.Share(new FormSchema([FormProperty.Plain("a", PropertyKind.Text, new string('d', 2_000 + form))], ""));
        }

        free.Set();
    }
}
