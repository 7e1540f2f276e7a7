using McpFunctionApp.Adapters;

namespace McpFunctionApp.Tests.Adapters;

/// <summary>What an expression gives, and that it gives every document its own.</summary>
public sealed class ExpressionTests
{
    [Theory]
    [InlineData("2.50")]
    [InlineData("1e3")]
    [InlineData("1.0")]
    [InlineData("-0")]
    [InlineData("12345678901234567890")]
    [InlineData("123456789012345678901234567890123456789")]
    [InlineData("0.1000000000000000055511151231257827")]
    [InlineData("1e999")]
    [InlineData("7")]
    public void A_number_keeps_its_digits_wherever_it_goes(string digits) =>
        Assert.Equal(
            $$$"""{"a":{{{digits}}},"b":[{{{digits}}},"""
                + $$$"""{{{digits}}}],"c":{"d":{{{digits}}}},"e":"{{{digits}}}","f":{{{digits}}},"g":{{{digits}}}}""",
            Adapted.Evaluated(
                $"let $n = n in {{a: n, b: [n, $.n], c: merge(`{{}}`, {{d: $n}}), e: to_string(n), f: "
                    + $"to_number('{digits}'), g: `{digits}`}}",
                $$"""{"n":{{digits}}}"""
            )
        );

    [Fact]
    public void Numbers_are_compared_and_added_as_numbers_and_a_sum_is_written_as_one()
    {
        const string Document = """{"n":[1.0,2.50,1e1],"id":12345678901234567890,"ids":[12345678901234567890]}""";
        Assert.Equal(
            "[true,true,[2.50,1e1],13.5,4,true]",
            Adapted.Evaluated("[n[0] == `1`, id > `5`, n[?@ >= `2`], sum(n), n[1] + `1.5`, contains(ids, id)]", Document)
        );
    }

    [Theory]
    [InlineData("2026-11-25T10:00:00Z")]
    [InlineData("2026-11-25")]
    [InlineData("/Date(1234656000000)/")]
    public void A_text_that_looks_like_a_date_stays_a_text(string text) =>
        Assert.Equal($$"""["{{text}}","{{text}}"]""", Adapted.Evaluated("[@, to_string(@)]", $"\"{text}\""));

    [Theory]
    [InlineData("""{"a":{"b":"x"}}""", "a.b", "\"x\"")]
    [InlineData("""{"a":1}""", "b", "null")]
    [InlineData("""{"a":[{"n":1,"ok":true},{"n":2},{"n":3,"ok":true}]}""", "a[?ok].n", "[1,3]")]
    [InlineData("""{"a":[[1,2],[3]]}""", "a[]", "[1,2,3]")]
    [InlineData("""{"a":{"x":1,"y":2}}""", "from_items(items(a)[*].[[0], [1] + `1`])", """{"x":2,"y":3}""")]
    [InlineData("""{"a":[3,1,2]}""", "sort(a)[::-1]", "[3,2,1]")]
    [InlineData("""{"a":[{"k":"b"},{"k":"a"}]}""", "sort_by(a, &k)[0].k", "\"a\"")]
    [InlineData("""{"a":[1,2,3,4]}""", "a[1:3] | [@, length(@)]", "[[2,3],2]")]
    [InlineData("""{"a":{"b":1,"c":2}}""", "a.*", "[1,2]")]
    [InlineData("""{"a":"x"}""", "!a && 'no' || 'yes'", "\"yes\"")]
    [InlineData(
        """{"a":7}""",
        "{q: a // `2`, r: a % `2`, m: -a, p: +a, d: a / `2`, t: a * `2`, s: a - `1`, l: a < `8`, le: a <= `7`, g: a != `7`}",
        """{"q":3,"r":1,"m":-7,"p":7,"d":3.5,"t":14,"s":6,"l":true,"le":true,"g":false}"""
    )]
    [InlineData("""{"a":[{"b":1},{"b":null}]}""", "a[*].{b: b}", """[{"b":1},{"b":null}]""")]
    [InlineData("""{"a":"x,y"}""", "join('-', split(a, ','))", "\"x-y\"")]
    [InlineData("""{"a":["x"]}""", "pad_left(a[0], `3`, '0') | replace(@, '0', '1')", "\"11x\"")]
    [InlineData("""{"a":[1,2]}""", "zip(a, ['p', 'q'])", """[[1,"p"],[2,"q"]]""")]
    [InlineData(
        """{"v":5,"a":[{"b":1},{"b":2}]}""",
        "let $v = v in a[*].{b: b, v: $v, r: $.v}",
        """[{"b":1,"v":5,"r":5},{"b":2,"v":5,"r":5}]"""
    )]
    [InlineData("""{"a":{"type":"x"}}""", "\"a\".type", "\"x\"")]
    public void The_language_is_the_librarys(string document, string expression, string expected) =>
        Assert.Equal(expected, Adapted.Evaluated(expression, document));

    [Theory]
    [InlineData("sort(a)", "the expression 'test' cannot be evaluated (invalid-type")]
    [InlineData("$nothing", "undefined-variable")]
    [InlineData("to_number(a) / `0`", "cannot be evaluated")]
    public void What_cannot_be_evaluated_says_so_with_the_expressions_name(string expression, string expected) =>
        Assert.Contains(expected, Adapted.Evaluated(expression, """{"a":"1"}"""), StringComparison.Ordinal);

    [Fact]
    public void A_problem_repeats_nothing_of_the_document() =>
        Assert.DoesNotContain(
            "hunter2",
            Adapted.Evaluated("let $x = a in sort_by(@, &$x)", """{"a":"hunter2"}"""),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_crowd_of_callers_whose_documents_differ_each_gets_its_own()
    {
        var expression = new Expression(
            "test",
            "let $all = fields in {root: $.name, of: map(&let $f = @ in {k: $f, n: $.name, c: length($all)}, fields), pad: "
                + "pad_left($.name, `12`, '.')}"
        );
        var wrong = 0;
        Parallel.For(
            0,
            4_000,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            i =>
            {
                var document = $$"""{"name":"caller-{{i}}","fields":["a{{i}}","b{{i}}"]}""";
                var expected =
                    $$$"""{"root":"caller-{{{i}}}","of":[{"k":"a{{{i}}}","n":"caller-{{{i}}}","c":2},"""
                    + $$$"""{"k":"b{{{i}}}","n":"caller-{{{i}}}","c":2}],"pad":"{{{$"caller-{i}".PadLeft(12, '.')}}}"}""";
                var result = expression.Evaluate(digits => digits.Read(JsonElement.Parse(document)), Adapted.Limits());
                if (result.Json?.GetRawText() != expected)
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        );
        Assert.Equal(0, wrong);
    }

    [Theory]
    [InlineData("a[", 0)]
    [InlineData("a ==", 0)]
    [InlineData("nosuch(a)", 0)]
    [InlineData("a || lenght(b)", 5)]
    [InlineData("length(a, b)", 0)]
    [InlineData("a[::0]", 0)]
    [InlineData("{a: b, a: c}", 0)]
    [InlineData("a\n| b }", 0)]
    public void A_fault_in_an_expression_is_found_before_it_runs(string expression, int atLeast)
    {
        var fault = new Expression("test", expression).Check();
        Assert.NotNull(fault);
        Assert.InRange(fault.Place, atLeast, expression.Length);
        Assert.NotEmpty(fault.Problem);
    }

    [Fact]
    public void A_fault_on_a_later_line_is_placed_there_and_an_unknown_function_is_told_the_nearest()
    {
        var fault = new Expression("test", "{a: b,\n c: d ^ e}").Check()!;
        Assert.InRange(fault.Place, 7, 16);
        Assert.Contains("length", new Expression("test", "lenght(a)").Check()!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expression_that_is_too_deep_is_a_fault_and_ends_nothing()
    {
        var deep = new Expression("test", $"{new string('[', 5_000)}a{new string(']', 5_000)}").Check();
        Assert.NotNull(deep);
        Assert.NotNull(new Expression("test", string.Concat(Enumerable.Repeat("!", 5_000)) + "a").Check());
    }
}
