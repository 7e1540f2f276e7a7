using McpFunctionApp.Arguments;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Tests.Arguments;

public sealed class IntegerTests
{
    private static readonly FormSchema s_form = ReadArguments.Form(FormProperty.Plain("n", PropertyKind.Integer, "A number."));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("0.0", 0)]
    [InlineData("0e999999999999", 0)]
    [InlineData("2.0", 2)]
    [InlineData("2e0", 2)]
    [InlineData("2E+0", 2)]
    [InlineData("0.5e1", 5)]
    [InlineData("1200e-2", 12)]
    [InlineData("-1.50e1", -15)]
    [InlineData("1e18", 1_000_000_000_000_000_000)]
    [InlineData("9007199254740993", 9_007_199_254_740_993)]
    [InlineData("9007199254740993.0", 9_007_199_254_740_993)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("9223372036854775807.000", long.MaxValue)]
    [InlineData("9.223372036854775807e18", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("-92233720368547758080e-1", long.MinValue)]
    public void A_whole_number_is_read_however_it_is_written(string json, long expected)
    {
        Assert.Equal(expected, JsonValues.Integer(JsonElement.Parse(json)));
        Assert.Empty(ReadArguments.Of(s_form, $$"""{"n":{{json}}}""").Problems.Told);
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("1e-1")]
    [InlineData("1e-30")]
    [InlineData("-1e-400")]
    [InlineData("1.00000000000000000000000000000000001")]
    [InlineData("0.99999999999999999999999999999999999")]
    [InlineData("9223372036854775807.00000000000000000000000000001")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("1e19")]
    [InlineData("1e400")]
    [InlineData("1e99999999999999999999")]
    [InlineData("1e-99999999999999999999")]
    public void A_fraction_or_a_number_beyond_64_bits_is_refused(string json)
    {
        Assert.Null(JsonValues.Integer(JsonElement.Parse(json)));
        var problem = Assert.Single(ReadArguments.Of(s_form, $$"""{"n":{{json}}}""").Problems.Told);
        Assert.Contains(
            "must be a whole number from -9223372036854775808 to 9223372036854775807",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("\"1.\"", "a text: '1.'")]
    [InlineData("true", "a truth value")]
    [InlineData("[1]", "an array")]
    public void Anything_but_a_number_is_refused(string json, string kind)
    {
        Assert.Null(JsonValues.Integer(JsonElement.Parse(json)));
        var problem = Assert.Single(ReadArguments.Of(s_form, $$"""{"n":{{json}}}""").Problems.Told);
        Assert.StartsWith($"must be a whole number, but is {kind}", problem.Message, StringComparison.Ordinal);
    }
}
