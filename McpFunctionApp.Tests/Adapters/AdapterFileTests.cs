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
