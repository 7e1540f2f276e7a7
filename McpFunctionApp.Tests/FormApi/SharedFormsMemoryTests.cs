using System.Text.Json.Nodes;
using McpFunctionApp.Catalog;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Schemas;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Sources;
using Xunit.Abstractions;

namespace McpFunctionApp.Tests.FormApi;

/// <summary>What cached forms take on the managed heap, against what they are charged. Runs with nothing beside it.</summary>
[Collection("Memory")]
public sealed class SharedFormsMemoryTests(ITestOutputHelper output)
{
    private const int Callers = 10_000;
    private const int Copies = 100;

    [Fact]
    public async Task A_further_caller_of_the_same_form_takes_at_most_320_bytes_and_is_charged_what_it_takes()
    {
        var (each, charged) = await RepeatedAsync(
            MeasureCallersAsync,
            found => found.Each is >= 100 and <= 320 && found.Charged > found.Each * 0.8 && found.Charged < found.Each * 1.2
        );
        output.WriteLine($"Each takes {each} bytes.");
        Assert.Equal(SharedForms.EntryBytes, charged);
    }

    [Fact]
    public Task A_large_form_is_charged_what_it_takes() => ChargedAsTakenAsync(MeasuredForms.Technician, 100);

    [Fact]
    public Task A_small_form_is_charged_what_it_takes() => ChargedAsTakenAsync(() => MappedForm.Of(Given.Fields).Schema, 5_000);

    [Fact]
    public Task Technicians_whose_forms_differ_in_names_and_defaults_take_at_most_16_KB_each() =>
        EachTakesAtMostAsync(
            16 * 1_024,
            (field, caller) =>
            {
                if ((string?)field["paramName"] == "subject")
                {
                    field["defaultValue"] = $"A request of technician number {caller}";
                    field["description"] = $"What technician number {caller} wants.";
                }
            }
        );

    [Fact]
    public Task Technicians_whose_options_all_differ_take_at_most_100_KB_each() =>
        EachTakesAtMostAsync(
            100 * 1_024,
            (field, caller) =>
            {
                if (field["options"] is JsonArray options)
                {
                    field["options"] = new JsonArray([.. options.Select(option => Renamed(option!, caller))]);
                }
            }
        );

    /// <summary>100 of them in memory with what a list keeps of each; and the charge is within a fifth of that.</summary>
    private async Task EachTakesAtMostAsync(long most, Action<JsonNode, int> change)
    {
        var (each, charged) = await RepeatedAsync(
            () => MeasureManyAsync(change),
            found => found.Each <= most && found.Charged > found.Each * 0.8 && found.Charged < found.Each * 1.2
        );
        output.WriteLine($"Each takes {each} bytes, and is charged {charged}.");
    }

    /// <summary>Something of an earlier test may be let go in between; what is charged wrongly stays wrong.</summary>
    private static async Task<(long Each, long Charged)> RepeatedAsync(
        Func<Task<(long Each, long Charged)>> measure,
        Func<(long Each, long Charged), bool> right
    )
    {
        var found = new List<(long Each, long Charged)>();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            found.Add(await measure());
            if (right(found[^1]))
            {
                return found[^1];
            }
        }

        Assert.Fail("What each takes and is charged, in bytes: " + string.Join("; ", found));
        return default;
    }

    private static async Task<(long Each, long Charged)> MeasureCallersAsync()
    {
        var clock = new ManualClock();
        using var forms = new SharedForms(MappedForm.Settings, clock);
        using var memory = new SchemaMemory(forms, clock);
        var until = clock.GetUtcNow().AddSeconds(300);
        memory.Keep(MeasuredForms.Key(0), FormOutcome.Of(MeasuredForms.Technician(), until), clock.GetUtcNow());
        var (before, charged) = (await MeasuredForms.SettledAsync(), memory.Usage().Bytes);
        for (var caller = 1; caller <= Callers; caller += Callers / Copies)
        {
            var copy = MeasuredForms.Technician();
            for (var same = 0; same < Callers / Copies; same++)
            {
                memory.Keep(MeasuredForms.Key(caller + same), FormOutcome.Of(copy, until), clock.GetUtcNow());
            }
        }

        return ((await MeasuredForms.SettledAsync() - before) / Callers, (memory.Usage().Bytes - charged) / Callers);
    }

    private static async Task<(long Each, long Charged)> MeasureManyAsync(Action<JsonNode, int> change)
    {
        const int count = 100;
        var clock = new ManualClock();
        using var forms = new SharedForms(MappedForm.Settings with { MemoryBytes = 1_024 * 1_048_576 }, clock);
        using var memory = new SchemaMemory(forms, clock);
        var settings = new FormOptions(
            "create_request",
            "",
            "",
            new Uri("http://localhost/form"),
            null,
            TimeSpan.FromSeconds(10)
        );
        var listed = new ListedForms([settings]);
        void Keep(int caller)
        {
            memory.Keep(
                MeasuredForms.Key(caller),
                FormOutcome.Of(MeasuredForms.Technician(caller, change), clock.GetUtcNow().AddSeconds(300)),
                clock.GetUtcNow()
            );
            var tools = new List<ListedTool>();
            listed.AddTo(tools, settings, memory.Find(MeasuredForms.Key(caller), clock.GetUtcNow())!.Schema!);
            Assert.True(tools[0].Json.Length > 5_000);
        }

        Keep(0);
        var (before, charged) = (await MeasuredForms.SettledAsync(), memory.Usage().Bytes);
        for (var caller = 1; caller <= count; caller++)
        {
            Keep(caller);
        }

        var each = (await MeasuredForms.SettledAsync() - before) / count;
        var chargedEach = (memory.Usage().Bytes - charged) / count;
        GC.KeepAlive(listed);
        return (each, chargedEach);
    }

    private static async Task ChargedAsTakenAsync(Func<FormSchema> make, int copies)
    {
        // What a list keeps of it is made elsewhere: the schema once more as text, and what goes around it.
        var listed = make().InputSchema.GetRawText().Length + 1_024;
        await RepeatedAsync(
            () => MeasureAsync(make, copies),
            found => found.Charged > (found.Each + listed) * 0.8 && found.Charged < (found.Each + listed) * 1.25
        );
    }

    private static async Task<(long Each, long Charged)> MeasureAsync(Func<FormSchema> make, int copies)
    {
        var kept = new FormSchema[copies];
        var before = await MeasuredForms.SettledAsync();
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = make();
            kept[i].Row();
        }

        var taken = (await MeasuredForms.SettledAsync() - before) / kept.Length;
        return (taken, kept[0].MemoryBytes);
    }

    private static JsonNode Renamed(JsonNode option, int caller)
    {
        if (option is not JsonObject members)
        {
            return $"{option} {caller}";
        }

        var renamed = members.DeepClone().AsObject();
        foreach (var (name, value) in members.Where(member => member.Value?.GetValueKind() == JsonValueKind.String))
        {
            renamed[name] = $"{value} {caller}";
        }

        return renamed;
    }
}
