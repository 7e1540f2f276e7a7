using System.Reflection;
using System.Text;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Tests.Forms;

/// <summary>A digest is equal for equal forms and for no others, since callers with one digest share one form.</summary>
public sealed class FormDigestTests
{
    private static readonly FormProperty s_property = new(
        "a",
        "b",
        PropertyKind.Choice,
        true,
        "c",
        [new("d", "1"), new("e", "2")],
        true,
        1,
        2,
        new("f", 3, ["g"])
    );

    private static readonly IReadOnlyDictionary<string, FormProperty> s_changed = new Dictionary<string, FormProperty>
    {
        ["Key"] = s_property with { Key = "b" },
        ["OriginalKey"] = s_property with { OriginalKey = "a" },
        ["Kind"] = s_property with { Kind = PropertyKind.Choices },
        ["Required"] = s_property with { Required = false },
        ["Description"] = s_property with { Description = "" },
        ["Options"] = s_property with { Options = [new("d", "1")] },
        ["ListsOptions"] = s_property with { ListsOptions = false },
        ["Min"] = s_property with { Min = 0 },
        ["Max"] = s_property with { Max = null },
        ["Default"] = s_property with { Default = null },
        ["Options.Label"] = s_property with { Options = [new("d", "1"), new("x", "2")] },
        ["Options.ValueJson"] = s_property with { Options = [new("d", "1"), new("e", "x")] },
        ["Options.OtherNames"] = s_property with { Options = [new("d", "1"), new("e", "2") { OtherNames = ["x"] }] },
        ["Default.Text"] = s_property with { Default = new("x", 3, ["g"]) },
        ["Default.Number"] = s_property with { Default = new("f", null, ["g"]) },
        ["Default.Labels"] = s_property with { Default = new("f", 3, []) },
        ["Title"] = s_property with { Title = "a" },
        ["Pattern"] = s_property with { Pattern = "a" },
        ["SubmittedFormat"] = s_property with { SubmittedFormat = "a" },
        ["Path"] = s_property with { Path = ["b", "b"] },
        ["RequiredUnder"] = s_property with { RequiredUnder = 1 },
    };

    [Fact]
    public void Every_member_counts()
    {
        IEnumerable<string> members =
        [
            .. Names<FormProperty>(""),
            .. Names<FormOption>("Options."),
            .. Names<PropertyDefault>("Default."),
        ];
        Assert.Equal(members.Order(), s_changed.Keys.Order());
        Assert.Equal(
            s_changed.Count + 1,
            s_changed.Values.Append(s_property).Select(property => FormDigest.OfForm([property], "", [], null)).Distinct().Count()
        );
    }

    [Fact]
    public void The_note_the_number_and_the_order_of_parameters_count()
    {
        var other = s_changed["Key"];
        (FormProperty[] Properties, string Note)[] forms =
        [
            ([], ""),
            ([], "n"),
            ([s_property], ""),
            ([s_property], "n"),
            ([s_property, other], ""),
            ([other, s_property], ""),
            ([other, other], ""),
        ];
        Assert.Equal(
            forms.Length,
            forms.Select(form => FormDigest.OfForm([.. form.Properties], form.Note, [], null)).Distinct().Count()
        );
    }

    [Fact]
    public void What_is_submitted_unasked_and_what_stands_in_the_way_count()
    {
        FixedValue[] values = [new(["a", "b"], 0, "1"), new(["a"], 0, "1"), new(["a"], 1, "1"), new(["a"], 0, "2")];
        FormDigest[] digests =
        [
            FormDigest.OfForm([], "", [], null),
            FormDigest.OfForm([], "", [], ""),
            FormDigest.OfForm([], "", [], "a"),
            FormDigest.OfForm([], "a", [], null),
            .. values.Select(value => FormDigest.OfForm([], "", [value], null)),
        ];
        Assert.Equal(digests.Length, digests.Distinct().Count());
    }

    [Theory]
    [InlineData("ab", "c", "a", "bc")]
    [InlineData("", "a", "a", "")]
    [InlineData("\u00e9", "", "e\u0301", "")]
    public void Texts_do_not_run_into_each_other_and_count_as_they_are(
        string key,
        string original,
        string otherKey,
        string otherOriginal
    ) =>
        Assert.NotEqual(
            FormDigest.OfForm([s_property with { Key = key, OriginalKey = original }], "", [], null),
            FormDigest.OfForm([s_property with { Key = otherKey, OriginalKey = otherOriginal }], "", [], null)
        );

    [Fact]
    public void Texts_that_are_not_valid_are_not_all_the_same() =>
        Assert.NotEqual(
            FormDigest.OfForm([s_property with { Description = $"{(char)0xD800}" }], "", [], null),
            FormDigest.OfForm([s_property with { Description = $"{(char)0xD801}" }], "", [], null)
        );

    [Fact]
    public void Equal_forms_have_equal_digests() =>
        Assert.Equal(
            FormDigest.OfForm([s_property with { Options = [.. s_property.Options] }], "n", [], null),
            FormDigest.OfForm([s_property with { Default = new("f", 3, ["g"]) }], "n", [], null)
        );

    [Fact]
    public void An_answer_is_another_source_for_other_groups()
    {
        string[]?[] groups = [null, [], [""], ["1"], ["2"], ["1", "2"], ["12"], ["1", "", "2"], ["body"]];
        Assert.Equal(groups.Length, groups.Select(each => OfBody("body", each)).Distinct().Count());
        Assert.Equal(OfBody("body", ["1", "2"]), OfBody("body", ["1", "2"]));
        Assert.NotEqual(OfBody("body", null), OfBody("Body", null));
    }

    [Fact]
    public void An_answer_is_another_source_for_another_reader_or_beside_another_answer()
    {
        var (one, two) = ("one"u8.ToArray(), "two"u8.ToArray());
        FormDigest[] digests =
        [
            FormDigest.OfAnswers("", [one], null),
            FormDigest.OfAnswers("adapter", [one], null),
            FormDigest.OfAnswers("", [one, two], null),
            FormDigest.OfAnswers("", [two, one], null),
            FormDigest.OfAnswers("", ["onetwo"u8.ToArray()], null),
            FormDigest.OfAnswers("one", [two], null),
        ];
        Assert.Equal(digests.Length, digests.Distinct().Count());
    }

    private static FormDigest OfBody(string body, string[]? groups) =>
        FormDigest.OfAnswers("", [Encoding.UTF8.GetBytes(body)], groups is null ? null : [.. groups]);

    private static IEnumerable<string> Names<T>(string prefix) =>
        typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(member => prefix + member.Name);
}
