using System.Text;
using McpFunctionApp.Adapters;

namespace McpFunctionApp.Tests.Adapters;

/// <summary>Everything that is wrong with an adapter's file is found at once, with its place.</summary>
public sealed class AdapterFileTests
{
    [Fact]
    public void A_file_without_a_fault_is_read()
    {
        var read = Read(
            """
            // A comment.
            {
              "form": { "get": { "a": "{site}/a", "b": "{site}/b?x={name}" }, "fields": ["a.list[].{", "key: id}"] },
              "submit": { "post": "https://other.example/r", "body": "values" },
              "receipt": "{id: id}",
              "refusal": "{message: m}",
            }
            """,
            out var faults
        );
        Assert.Empty(faults);
        Assert.Equal(["a", "b"], read!.Gets.Select(get => get.Name));
        Assert.Equal("a.list[].{\nkey: id}", read.Fields!.Text);
        Assert.Equal(
            ["form.fields", "submit.body", "receipt", "refusal"],
            read.Expressions.Select(expression => expression.Name)
        );
        Assert.Equal(["site", "site", "name"], read.Addresses.SelectMany(address => address.Names));
    }

    [Fact]
    public void All_faults_are_named_at_once_each_with_line_column_and_member()
    {
        Read(
            """
            {
              "form": {
                "get": { "form": "nowhere/form" },
                "fields": "a[ ||",
                "feilds": "a"
              },
              "submit": { "body": "lenght(a)" },
              "receipt": 7,
              "other": {}
            }
            """,
            out var faults
        );
        Assert.Equal(
            [
                "(3,22): 'form.get.form' must begin with the name of an origin",
                "(4,",
                "(5,5): 'form.feilds' is no member of an adapter (known there: fields)",
                "(7,13): 'submit' lacks 'post'",
                "(7,24): 'submit.body' is no JMESPath expression: there is no function 'lenght'. Nearest: length.",
                "(8,14): 'receipt' must be a JMESPath expression",
                "(9,3): 'other' is no member",
            ],
            faults.Select(fault => fault["my.json ".Length..]),
            (expected, actual) => actual.StartsWith(expected, StringComparison.Ordinal)
        );
        Assert.All(faults, fault => Assert.StartsWith("my.json (", fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_fault_within_lines_and_behind_escapes_is_placed_where_it_stands()
    {
        Read(
            """
            {
              "form": { "get": { "form": "{site}" }, "fields": [
                "a",
                "|| '\u0041\"é' || nosuch(b)"
              ] }
            }
            """,
            out var faults
        );
        Assert.StartsWith(
            "my.json (4,24): 'form.fields' is no JMESPath expression: there is no function 'nosuch'",
            Assert.Single(faults),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("{", "is not JSON")]
    [InlineData("{\"form\":{}} x", "is not JSON")]
    [InlineData("[]", "must be an object with 'form'")]
    [InlineData("{}", "lacks 'form'")]
    [InlineData("{\"form\":{\"get\":{}}}", "must be an object of 1 to 8 addresses by name")]
    [InlineData("{\"form\":{\"get\":\"{site}\"}}", "must be an object of 1 to 8 addresses by name")]
    [InlineData("{\"form\":{}}", "'form' lacks 'get'")]
    [InlineData("{\"form\":7}", "'form' must be an object")]
    [InlineData("{\"form\":{\"get\":{\"a b\":\"{site}\"}}}", "must have a name of its own")]
    [InlineData("{\"form\":{\"get\":{\"a\":\"{site}\",\"a\":\"{site}\"}}}", "must have a name of its own")]
    [InlineData("{\"form\":{\"get\":{\"a\":\"{site}\",\"b\":\"{site}\"}}}", "more than one address")]
    [InlineData("{\"form\":{\"get\":{\"a\":\"{site}\"}},\"form\":{\"get\":{\"a\":\"{site}\"}}}", "is there twice")]
    [InlineData("{\"form\":{\"get\":{\"a\":\"{site}\"},\"fields\":\" \"}}", "must be a JMESPath expression")]
    [InlineData("{\"form\":{\"get\":{\"a\":\"{site}\"},\"fields\":[\"a\",7]}}", "must be a JMESPath expression")]
    [InlineData("{\"form\":{\"get\":{\"a\":[\"{site}\",\"x\"]}}}", "must be an address")]
    [InlineData(
        "{\"form\":{\"get\":{\"a\":\"{site}\"}},\"submit\":{\"post\":\"{site}\",\"body\":\"$x = 1\"}}",
        "is no JMESPath expression"
    )]
    public void Every_kind_of_fault_says_what_is_wrong(string file, string expected)
    {
        Assert.Null(Read(file, out var faults));
        Assert.Contains(faults, fault => fault.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{site}")]
    [InlineData("{site}/a/{b}?c={d}&e={f}")]
    [InlineData("{site}?a=b")]
    [InlineData("https://a.example")]
    [InlineData("http://localhost:8080/x/{y}")]
    public void An_address_begins_with_an_origin(string address) => Assert.Null(new AdapterAddress(address).Check());

    [Theory]
    [InlineData("")]
    [InlineData("/form")]
    [InlineData("form")]
    [InlineData("{site}.evil.example/form")]
    [InlineData("{site}{name}/form")]
    [InlineData("{site}@evil.example/form")]
    [InlineData("{site}:8080/form")]
    [InlineData("https://{tenant}.example/form")]
    [InlineData("https://{tenant}")]
    [InlineData("https://a.example{b}/form")]
    [InlineData("ftp://a.example/form")]
    [InlineData("{site}/a#b")]
    [InlineData("{site}/a b")]
    [InlineData("{site}/a\\b")]
    [InlineData("{site}/{}")]
    [InlineData("{site}/{a b}")]
    [InlineData("{site}/{a")]
    [InlineData("{site}/a}")]
    [InlineData("{si{te}}/a")]
    [InlineData("{site}/ü")]
    public void Every_other_address_is_a_fault(string address) => Assert.NotNull(new AdapterAddress(address).Check());

    [Theory]
    [InlineData("a/b", "https://s.example/base/x/a%2Fb?q=a%2Fb")]
    [InlineData("a?b", "https://s.example/base/x/a%3Fb?q=a%3Fb")]
    [InlineData("a#b", "https://s.example/base/x/a%23b?q=a%23b")]
    [InlineData("a&b=c", "https://s.example/base/x/a%26b%3Dc?q=a%26b%3Dc")]
    [InlineData("../../etc", "https://s.example/base/x/..%2F..%2Fetc?q=..%2F..%2Fetc")]
    [InlineData("%2e%2e", "https://s.example/base/x/%252e%252e?q=%252e%252e")]
    [InlineData("a\\b", "https://s.example/base/x/a%5Cb?q=a%5Cb")]
    [InlineData("@evil.example", "https://s.example/base/x/%40evil.example?q=%40evil.example")]
    [InlineData("ü 1", "https://s.example/base/x/%C3%BC%201?q=%C3%BC%201")]
    [InlineData("...", "https://s.example/base/x/...?q=...")]
    [InlineData("{site}", "https://s.example/base/x/%7Bsite%7D?q=%7Bsite%7D")]
    public void A_value_stays_in_its_place(string value, string expected)
    {
        Assert.True(AdapterAddress.MayStand(value));
        Assert.Equal(
            expected,
            new AdapterAddress("{site}/x/{v}?q={v}").Fill(new Uri("https://s.example/base/"), _ => value)!.AbsoluteUri
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a\r\nb")]
    [InlineData("a\0b")]
    public void A_value_that_could_leave_its_place_may_not_stand(string value) => Assert.False(AdapterAddress.MayStand(value));

    [Fact]
    public void Values_that_make_a_step_up_together_give_no_address()
    {
        Assert.Null(new AdapterAddress("{site}/x/.{v}/y").Fill(new Uri("https://s.example"), _ => "."));
        Assert.NotNull(new AdapterAddress("{site}/x/.{v}/y").Fill(new Uri("https://s.example"), _ => "a"));
    }

    [Fact]
    public void Every_preset_is_free_of_faults()
    {
        Assert.Equal(
            ["freshservice", "jira-service-management", "microsoft-lists", "servicenow", "serviceops", "zendesk"],
            AdapterPresets.Names
        );
        Assert.All(
            AdapterPresets.Names,
            name =>
            {
                AdapterFile.Read(AdapterPresets.Find(name)!, name, out var faults);
                Assert.Empty(faults);
            }
        );
    }

    private static AdapterDefinition? Read(string file, out IReadOnlyList<string> faults) =>
        AdapterFile.Read(Encoding.UTF8.GetBytes(file), "my.json", out faults);
}
