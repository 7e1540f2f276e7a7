using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;
using McpFunctionApp.Schemas;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Schemas;
using McpFunctionApp.Tests.Sources;

namespace McpFunctionApp.Tests.FormApi;

/// <summary>Equal forms are kept once, as long as anybody has them and the limit allows.</summary>
public sealed class SharedFormsTests : IDisposable
{
    private const long Limit = 1_048_576;

    private readonly ManualClock _clock = new();
    private readonly SharedForms _forms;
    private readonly SchemaMemory _memory;

    public SharedFormsTests()
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
    public void Equal_forms_are_one_object_for_every_caller_and_tool()
    {
        var first = Keep("a", Form("x"));
        Assert.NotSame(first, Form("x"));
        foreach (var (caller, tool) in ((string, string)[])[("a", "tool"), ("b", "tool"), ("b", "other tool")])
        {
            Keep(caller, Form("x"), tool);
            Assert.Same(first, Find(caller, tool));
        }

        Assert.Equal((3, 1), (_memory.Usage().Entries, _memory.Usage().Forms));
    }

    [Fact]
    public void A_row_of_a_known_form_is_that_form() =>
        Assert.Same(Keep("a", Form("x")), _forms.Share(FormCodec.Decode(Form("x").Row())!));

    [Fact]
    public void Each_caller_has_the_own_form_where_forms_differ()
    {
        var forms = Enumerable.Range(0, 100).Select(i => Keep($"caller {i}", Form($"{i}"))).ToList();
        Assert.All(forms.Index(), form => Assert.Same(form.Item, Find($"caller {form.Index}")));
        Assert.Equal((100, 100), (_memory.Usage().Entries, _memory.Usage().Forms));
    }

    [Fact]
    public void A_shared_form_is_charged_once_and_each_caller_the_same()
    {
        var form = Keep("a", Form(new string('x', 10_000)));
        var charged = _memory.Usage().Bytes;
        Assert.InRange(
            charged,
            form.MemoryBytes + (2 * SharedForms.EntryBytes),
            form.MemoryBytes + (2 * SharedForms.EntryBytes) + 200
        );
        for (var i = 0; i < 100; i++)
        {
            Keep($"caller {i}", Form(new string('x', 10_000)));
        }

        Assert.Equal(charged + (100 * SharedForms.EntryBytes), _memory.Usage().Bytes);
    }

    [Fact]
    public async Task What_is_left_of_many_different_forms_stays_within_the_limit()
    {
        var forms = Enumerable.Range(0, 400).Select(KeepOne).ToList();
        await Eventually.TrueAsync(
            () => Living(forms).Count < 400 && Living(forms).Sum(form => form.MemoryBytes) <= Limit,
            "what is pushed out is gone"
        );
        Assert.InRange(Living(forms).Count, 10, 399);
        Assert.InRange(_memory.Usage().Bytes, 1, Limit);
    }

    [Fact]
    public async Task A_new_form_pushes_out_a_few_of_the_others_and_not_nearly_all()
    {
        var kept = new List<long>();
        for (var i = 0; i < 400; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            KeepOne(i);
            await Task.Yield();
            kept.Add(_memory.Usage().Forms);
        }

        Assert.InRange(kept.Skip(200).Min(), kept.Max() / 2, kept.Max());
    }

    [Fact]
    public async Task A_form_that_callers_use_outlives_many_that_nobody_does()
    {
        Keep("popular", Form("the popular form"));
        for (var i = 0; i < 400; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.NotNull(Find("popular"));
            KeepOne(i);
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_form_is_gone_when_its_last_caller_is()
    {
        var form = KeepOne(0);
        Keep("other", Form("other"));
        _clock.Advance(MappedForm.Settings.Ttl);
        Assert.Null(Find("caller 0"));
        await Eventually.TrueAsync(
            () =>
            {
                Keep("other", Form("other"));
                return Living([form]).Count == 0;
            },
            "an expired form is collected"
        );
        Assert.Equal(1, _memory.Usage().Forms);
    }

    [Fact]
    public void A_form_is_found_by_what_it_was_made_from_until_everything_is_forgotten()
    {
        var (answer, row) = (
            FormDigest.OfAnswers("", ["answer"u8.ToArray()], null),
            FormDigest.OfAnswers("", ["row"u8.ToArray()], null)
        );
        var form = _forms.Share(Form("x"), answer);
        Assert.Same(form, _forms.Share(Form("x"), row));
        Assert.Same(form, _forms.FindBySource(FormDigest.OfAnswers("", ["answer"u8.ToArray()], null)));
        Assert.Same(form, _forms.FindBySource(row));
        Assert.Null(_forms.FindBySource(form.Digest));
        _memory.Clear();
        Assert.Null(_forms.FindBySource(row));
        Assert.Equal((0, 0, 0), _memory.Usage());
    }

    [Fact]
    public async Task Many_at_once_share_one_object()
    {
        var forms = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => _forms.Share(Form("x")))));
        Assert.Single(forms.Distinct(ReferenceEqualityComparer.Instance));
    }

    private static FormSchema Form(string description) =>
        MappedForm
            .Of(
                $$"""{"paramName":"a","type":"DropDownFieldRest","description":"{{description}}","options":"""
                    + $$"""["{{description}}",2]}"""
            )
            .Schema;

    private static List<FormSchema> Living(List<WeakReference<FormSchema>> forms)
    {
        GC.Collect();
        return [.. forms.Select(form => form.TryGetTarget(out var living) ? living : null).OfType<FormSchema>()];
    }

    private FormSchema Keep(string caller, FormSchema form, string tool = "tool")
    {
        _memory.Keep(
            Keys.Of(caller, tool),
            FormOutcome.Of(form, _clock.GetUtcNow() + MappedForm.Settings.Ttl),
            _clock.GetUtcNow()
        );
        return form;
    }

    /// <summary>A form of about 12 KB that no other caller has.</summary>
    private WeakReference<FormSchema> KeepOne(int number) =>
        new(
            Keep(
                $"caller {number}",
                MappedForm
                    .Of($$"""{"paramName":"a","type":"DropDownFieldRest",{{MappedForm.Options(50, $"Form {number}, option")}}}""")
                    .Schema
            )
        );

    private FormSchema? Find(string caller, string tool = "tool") =>
        _memory.Find(Keys.Of(caller, tool), _clock.GetUtcNow())?.Schema;
}
