using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Schemas;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.Schemas;

/// <summary>The memory of forms is bounded by bytes, that of failures by number, and neither pushes the other out.</summary>
public sealed class SchemaMemoryTests : IDisposable
{
    private const long Limit = 1_048_576;

    private readonly ManualClock _clock = new();
    private readonly SharedForms _forms;
    private readonly SchemaMemory _memory;

    public SchemaMemoryTests()
    {
        _forms = new SharedForms(MappedForm.Settings with { MemoryBytes = Limit }, _clock);
        _memory = new SchemaMemory(_forms, _clock);
    }

    public void Dispose()
    {
        _memory.Dispose();
        _forms.Dispose();
    }

    [Fact]
    public async Task Forms_together_stay_within_the_limit_and_new_ones_find_a_place()
    {
        var keys = Enumerable.Range(0, 500).Select(i => Keys.Of($"caller {i}", "tool")).ToList();
        foreach (var (place, key) in keys.Index())
        {
            _clock.Advance(TimeSpan.FromTicks(1));
            Keep(key, Form(20_000 + place));
            Assert.InRange(_memory.Usage().Bytes, 0, Limit);
            Assert.InRange(KeptBytes(), 0, Limit);
        }

        // On a busy machine what has gone is noted late, and a little more goes.
        Assert.InRange(KeptBytes(), Limit / 4, Limit);
        var late = Keys.Of("a late caller", "tool");
        await Eventually.TrueAsync(
            () =>
            {
                Keep(late, Form(19_999));
                return Find(late) is not null;
            },
            "room is made for a new form"
        );
    }

    [Fact]
    public async Task More_callers_than_fit_in_random_order_find_about_as_many_forms_as_fit()
    {
        const int requests = 40_000;
        var keys = Enumerable.Range(0, 6_000).Select(i => Keys.Of($"caller {i}", "tool")).ToList();
        var form = Form(10);
        var (random, hits) = (new Random(4_711), 0);
        for (var request = 0; request < requests; request++)
        {
            _clock.Advance(TimeSpan.FromTicks(1));
            var key = keys[random.Next(keys.Count)];
            if (Find(key) is not null)
            {
                hits++;
                continue;
            }

            Keep(key, form);
            if (Find(key) is null)
            {
                // Room is being made on another thread.
                await Task.Yield();
            }
        }

        var share = Limit / (double)SharedForms.EntryBytes / keys.Count;
        Assert.InRange(hits / (double)requests, share * 0.6, share);
        await Eventually.TrueAsync(() => _memory.Usage().Bytes <= Limit, "all stays within the limit");
    }

    [Fact]
    public void A_form_larger_than_the_limit_is_not_kept()
    {
        Keep(Keys.Of("a", "tool"), Form(2_000_000));
        Assert.Null(Find(Keys.Of("a", "tool")));
    }

    [Fact]
    public void A_form_is_charged_at_least_the_bytes_of_its_texts()
    {
        var options = Enumerable.Range(0, 1_000).Select(i => new FormOption($"option number {i}", $"\"{i}\"")).ToList();
        var property = FormProperty.Plain("a", PropertyKind.Choice, new string('d', 500)) with { Options = [.. options] };
        var schema = new FormSchema([property], "");
        var texts = (2L * property.Description.Length) + options.Sum(o => o.Label.Length + o.ValueJson.Length);
        Assert.InRange(schema.MemoryBytes, texts, texts * 20);
    }

    [Fact]
    public async Task Made_up_tokens_fill_the_memory_of_failures_and_push_out_no_form()
    {
        var real = Keys.Of("real", "tool");
        Keep(real, Form(1_000));
        var keys = Enumerable.Range(0, 30_000).Select(i => Keys.Of($"made up {i}", "tool")).ToList();
        keys.ForEach(key => Keep(key, Failure(60)));
        Assert.InRange(keys.Count(key => Find(key) is not null), 1, 20_000);
        Assert.NotNull(Find(real)?.Schema);

        var late = Keys.Of("late", "tool");
        await Eventually.TrueAsync(
            () =>
            {
                Keep(late, Failure(60));
                return Find(late) is not null;
            },
            "room is made for a new failure"
        );
    }

    [Fact]
    public void A_failure_comes_before_an_older_form_and_a_form_ends_an_older_failure()
    {
        var key = Keys.Of("a", "tool");
        Keep(key, Form(10));
        Keep(key, Failure(5));
        Assert.Equal(FallbackReason.Unavailable, Find(key)?.Reason);
        Keep(key, Form(10));
        Assert.NotNull(Find(key)?.Schema);
    }

    [Fact]
    public void Nothing_is_found_at_its_end_or_kept_after_it()
    {
        var key = Keys.Of("a", "tool");
        Keep(key, Failure(5));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(Find(key));
        Keep(key, Failure(0));
        Keep(key, Failure(-1));
        Assert.Null(Find(key));
    }

    [Fact]
    public void A_drop_takes_this_key_only()
    {
        var (mine, yours, other) = (Keys.Of("a", "tool"), Keys.Of("b", "tool"), Keys.Of("a", "other tool"));
        foreach (var key in (SchemaKey[])[mine, yours, other])
        {
            Keep(key, Form(10));
        }

        _memory.Drop(mine);
        Assert.Null(Find(mine));
        Assert.NotNull(Find(yours));
        Assert.NotNull(Find(other));
    }

    private void Keep(SchemaKey key, FormOutcome outcome) => _memory.Keep(key, outcome, _clock.GetUtcNow());

    private FormOutcome? Find(SchemaKey key) => _memory.Find(key, _clock.GetUtcNow());

    /// <summary>Of the forms themselves: whoever looked for callers whose form has gone would make them the last to go.</summary>
    private long KeptBytes() => _forms.Cache.Keys.OfType<FormDigest>().Sum(digest => _forms.Find(digest)?.MemoryBytes ?? 0);

    private FormOutcome Failure(int seconds) =>
        FormOutcome.Failed(FallbackReason.Unavailable, "", _clock.GetUtcNow().AddSeconds(seconds));

    private FormOutcome Form(int characters)
    {
        var property = FormProperty.Plain("a", PropertyKind.Text, new string('d', characters));
        return FormOutcome.Of(new FormSchema([property], ""), _clock.GetUtcNow().AddSeconds(300));
    }
}
