namespace McpFunctionApp.Tests.Adapters;

/// <summary>An expression ends from within: by its time, by what it builds, by what it gives.</summary>
public sealed class ExpressionBoundTests
{
    private const int Small = 16_384;

    private static readonly string s_list = $"[{string.Join(',', Enumerable.Range(0, 200))}]";

    [Fact]
    public void What_would_take_longer_than_two_seconds_is_ended()
    {
        var result = Adapted.Evaluated(
            "map(&let $a = @ in map(&let $b = @ in length($[?@ == $a]), $), $)",
            s_list,
            Adapted.Limits(time: new Hasty())
        );
        Assert.Equal("the expression 'test' took longer than 2 s", result);
    }

    [Theory]
    [InlineData("map(&map(&map(&@, $), $), $)")]
    [InlineData("[*].[$, $, $, $, $, $, $, $]")]
    [InlineData("let $a = @ in [*].{a: $a, b: $a[*].{c: $a}}")]
    [InlineData("[@,@,@,@] | [@,@,@,@] | [@,@,@,@] | [@,@,@,@] | [@,@,@,@] | [@,@,@,@]")]
    public void What_multiplies_its_document_is_ended_while_it_is_built(string expression)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = Adapted.Evaluated(expression, s_list, Adapted.Limits(Small));
        Assert.Contains("gave more than 4 times Schemas:MaxAdapterBytes (16384)", result, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 * Adapted.Megabyte);
    }

    [Theory]
    [InlineData("pad_left(t, `2000000000`, '0')")]
    [InlineData("pad_right(t, `2000000000`, '0')")]
    [InlineData("join(t, split(t, ''))")]
    [InlineData("replace(t, '', t)")]
    [InlineData("replace(t, 'x', t)")]
    [InlineData("to_string([t, t, t, t, t, t, t, t, t, t])")]
    [InlineData("[t, t, t, t, t, t, t, t, t, t]")]
    public void A_long_text_made_of_short_ones_is_ended_before_it_is_made(string expression)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = Adapted.Evaluated(expression, $$"""{"t":"{{new string('x', 10_000)}}"}""", Adapted.Limits(Small));
        Assert.Contains("gave more than 4 times", result, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 * Adapted.Megabyte);
    }

    [Fact]
    public void A_large_form_is_within_the_bounds()
    {
        var options = string.Join(
            ',',
            Enumerable
                .Range(0, 12_000)
                .Select(i => $$"""{"value":"{{i:00000}}","label":"Option number {{i:00000}} of a long list"}""")
        );
        var document = $$"""{"fields":[{"id":"a","options":[{{options}}]}]}""";
        var result = Adapted.Evaluated(
            "fields[].{key: id, options: map(&let $v = value in {label: label, value: {id: $v}}, options)}",
            document,
            Adapted.Limits(time: new Stopped())
        );
        Assert.StartsWith("[{\"key\":\"a\"", result, StringComparison.Ordinal);
    }

    /// <summary>On a busy machine two seconds are over before much is done: here only what is built counts.</summary>
    private sealed class Stopped : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }

    /// <summary>A clock on which every look is a millisecond later.</summary>
    private sealed class Hasty : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => ++_now;
    }
}
