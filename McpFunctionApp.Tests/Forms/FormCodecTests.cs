using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Tests.Forms;

/// <summary>A form as bytes: back as it was, or not at all.</summary>
public sealed class FormCodecTests
{
    private static readonly ImmutableArray<FormProperty> s_properties =
    [
        new(
            "subject",
            "the subject",
            PropertyKind.Text,
            true,
            "Betreff \u00e4 \ud83d\ude00 \"quoted\"",
            [],
            false,
            2,
            80,
            new("a default", null, [])
        ),
        new("count", "count", PropertyKind.Number, false, "", [], false, -1.5, 1e300, new(null, 0.1, [])),
        new("whole", "whole", PropertyKind.Integer, false, "", [], false, null, 9_007_199_254_740_991, new(null, 3, [])),
        new(
            "priority",
            "priority",
            PropertyKind.Choice,
            true,
            "",
            [new("Low", "1"), new("Low (2)", "\"1\""), new("yes", "true")],
            true,
            null,
            null,
            null
        ),
        new("site", "details.site", PropertyKind.Text, false, "", [], false, null, null, null)
        {
            Title = "Site",
            Pattern = "^[a-z]+$",
            SubmittedFormat = "yyyy",
            Path = ["details", "site"],
            RequiredUnder = 1,
        },
        new(
            "yes",
            "yes",
            PropertyKind.Boolean,
            true,
            "",
            [new("true", "1"), new("false", "0")],
            true,
            null,
            null,
            new("true", null, [])
        ),
        new("day", "day", PropertyKind.Date, true, "", [], true, null, null, null),
        new("moment", "moment", PropertyKind.DateTime, true, "", [], true, null, null, null),
        new("place", "place", PropertyKind.Cascade, true, "", [new("Europe > Berlin", "{\"id\":1}")], true, null, null, null),
        new("tags", "tags", PropertyKind.Choices, false, "", [new("a", "\"a\"")], false, null, null, new(null, null, ["a"])),
    ];

    private static FormSchema Form =>
        new(s_properties, "One field is missing.", [new(["details", "kind"], 1, "\"x\"")], "Signature");

    [Fact]
    public void A_form_comes_back_as_it_was()
    {
        var back = FormCodec.Decode(FormCodec.Encode(Form));
        Assert.NotNull(back);
        Assert.Equal(Form.Note, back.Note);
        Assert.Equal(Form.InputSchema.GetRawText(), back.InputSchema.GetRawText());
        Assert.Equal(JsonSerializer.Serialize(Form.Properties), JsonSerializer.Serialize(back.Properties));
        Assert.Equal(JsonSerializer.Serialize(Form.Fixed), JsonSerializer.Serialize(back.Fixed));
        Assert.Equal(Form.Obstacle, back.Obstacle);
        Assert.Equal((Form.Digest, Form.MemoryBytes), (back.Digest, back.MemoryBytes));
    }

    [Fact]
    public void A_form_without_fields_comes_back_too()
    {
        var back = FormCodec.Decode(FormCodec.Encode(new FormSchema([], "")));
        Assert.NotNull(back);
        Assert.True(back.Properties.IsEmpty);
    }

    [Fact]
    public void The_same_form_becomes_the_same_bytes() => Assert.Equal(FormCodec.Encode(Form), FormCodec.Encode(Form));

    [Fact]
    public void Any_flipped_bit_and_any_cut_is_another_form_or_none_and_never_an_error()
    {
        var bytes = FormCodec.Encode(Form);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(Record.Exception(() => FormCodec.Decode(bytes)));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.All(
            Enumerable.Range(0, bytes.Length),
            length => Assert.Null(Record.Exception(() => FormCodec.Decode(bytes[..length])))
        );
        Assert.NotNull(FormCodec.Decode(bytes));
    }

    [Theory]
    [InlineData("\"Min\":1e400")]
    [InlineData("\"Max\":-1e400")]
    [InlineData("\"Default\":{\"Number\":1e999,\"Labels\":[]}")]
    public void A_number_that_is_too_large_for_one_makes_no_form(string member)
    {
        Assert.NotNull(FormCodec.Decode(Pack(Encoding.UTF8.GetBytes(Stored("\"Min\":1e300")))));
        Assert.Null(FormCodec.Decode(Pack(Encoding.UTF8.GetBytes(Stored(member)))));
    }

    [Fact]
    public void More_fields_than_a_form_can_have_are_counted_and_not_read()
    {
        static string Of(int fields) =>
            Stored("\"Min\":1")
                .Replace(
                    Field("\"Min\":1"),
                    string.Join(',', Enumerable.Repeat(Field("\"Min\":1"), fields)),
                    StringComparison.Ordinal
                );
        Assert.NotNull(FormCodec.Decode(Pack(Encoding.UTF8.GetBytes(Of(20_000)))));
        var bytes = Pack(Encoding.UTF8.GetBytes(Of(200_000)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(FormCodec.Decode(bytes));

        // What is decompressed, in a buffer that doubles, and nothing that is made of it.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300 * 1_048_576L);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"Note":"x"}""")]
    [InlineData("""{"Properties":null,"Note":"x"}""")]
    [InlineData("""{"Properties":[null],"Note":"x"}""")]
    [InlineData("""{"Properties":[{}],"Note":"x"}""")]
    [InlineData("""{"Properties":[{"Key":"a","Kind":99}],"Note":"x"}""")]
    [InlineData("""{"Properties":7}""")]
    [InlineData("""{"Properties":[],"Note":"x"}""")]
    [InlineData("""{"Properties":[],"Note":"x","Fixed":[null]}""")]
    [InlineData("""{"Properties":[],"Note":"x","Fixed":[{"Path":[],"Under":0,"ValueJson":"1"}]}""")]
    public void Well_packed_bytes_that_are_no_form_are_no_form(string json) =>
        Assert.Null(FormCodec.Decode(Pack(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void Bytes_that_are_not_compressed_are_no_form() => Assert.Null(FormCodec.Decode([.. "not compressed at all"u8]));

    [SlowFact]
    public void A_row_that_would_fill_the_memory_is_given_up_at_64_MiB()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(FormCodec.Decode(Pack(new byte[300 * 1_048_576])));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 700 * 1_048_576L);
    }

    private static string Stored(string member) => $$"""{"Properties":[{{Field(member)}}],"Note":"","Fixed":[]}""";

    private static string Field(string member) =>
        """{"Key":"a","OriginalKey":"a","Kind":0,"Required":false,"Description":"","Options":[]"""
        + ""","ListsOptions":false,"Path":["a"],"""
        + $"{member}}}";

    private static byte[] Pack(byte[] json)
    {
        using var buffer = new MemoryStream();
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(json);
        }

        return buffer.ToArray();
    }
}
