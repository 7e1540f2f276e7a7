using McpFunctionApp.Hosting.Kestrel;
using McpFunctionApp.Settings;
using McpFunctionApp.Tests.Adapters;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Hosting;

/// <summary><c>--check</c> shows what becomes of each form, and submits nothing.</summary>
public sealed class FormCheckTests : ApiTests
{
    private const string Change = """
        {"properties":{
          "title":{"title":"Title","minLength":5},
          "risk":{"oneOf":[{"const":1,"title":"Low"},{"const":2,"title":"High"}],"default":1},
          "kind":{"const":"change"},
          "pin":{"type":"string","writeOnly":true,"default":"1234-secret"},
          "steps":{"type":"array","items":{"type":"object"}}},
          "required":["title","kind"]}
        """;

    [Fact]
    public async Task The_fields_what_was_left_out_and_the_body_for_the_defaults_are_printed_and_nothing_is_sent()
    {
        Api.OnForm = context => context.Response.WriteAsync(Change);
        var (code, text) = await RunAsync();
        Assert.Equal(0, code);
        Assert.Equal(
            """
              PARAMETER  KIND    REQUIRED  OPTIONS  DEFAULT  NAME
              title      text    yes                         title
              risk       choice            2        Low      risk
            """,
            string.Join('\n', text.Split('\n')[1..4].Select(line => line.TrimEnd()))
        );
        Assert.Contains("'pin': is a secret", text, StringComparison.Ordinal);
        Assert.Contains("'steps': is a list", text, StringComparison.Ordinal);
        Assert.Contains("""{"risk":1,"kind":"change"}""", text, StringComparison.Ordinal);
        Assert.DoesNotContain("1234-secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Given.Token, text, StringComparison.Ordinal);
        Assert.DoesNotContain("key=", text, StringComparison.Ordinal);
        Assert.All(Api.Calls, call => Assert.Equal("GET", call.Method));
    }

    [Fact]
    public async Task Each_form_is_asked_for_once_and_one_that_is_not_offered_says_why()
    {
        Api.OnForm = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        var (code, text) = await RunAsync($"--Forms:1:Tool=other", $"--Forms:1:Url={Api.FormUrl}");
        Assert.Equal(1, code);
        Assert.Equal(2, Api.Calls.Count);
        Assert.Equal(2, text.Split("not offered: unavailable (it answered 503)").Length - 1);
    }

    [Fact]
    public async Task A_form_that_cannot_be_filled_in_says_what_it_requires()
    {
        Api.ServeFields("""{"name":"Pin","type":"PasswordFieldRest","required":true}""");
        var (code, text) = await RunAsync();
        Assert.Equal(1, code);
        Assert.Contains("not offered: cannot_be_filled (Pin)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("two words")]
    public async Task Without_a_token_the_start_is_refused(string? token)
    {
        var fault = await Assert.ThrowsAsync<SettingsException>(() =>
            FormCheck.RunAsync(["--check", $"--Forms:0:Url={Api.FormUrl}"], token, TextWriter.Null, default)
        );
        Assert.Contains("MCP_CHECK_TOKEN", Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_adapter_it_shows_what_each_expression_gave_and_no_default_of_a_secret()
    {
        Api.OnForm = context =>
            context.Response.WriteAsync("""{"items":[{"id":"a","is":"x"},{"id":"b","is":"1234-secret","hide":true}]}""");
        var (code, text) = await RunAdapterAsync(
            Adapted.Adapter("form.items[].{key: id, default: is, secret: hide || `false`}", "{all: values}", "{id: id}")
        );
        Assert.Equal(0, code);
        Assert.Contains($"create_request: {Api.Address}/form", text, StringComparison.Ordinal);
        Assert.Contains("get.form: ", text, StringComparison.Ordinal);
        Assert.Contains("form.fields: a list of 2", text, StringComparison.Ordinal);
        Assert.Contains("key: \"a\", default: \"x\", secret: false", text, StringComparison.Ordinal);
        Assert.Contains("key: \"b\", secret: true", text, StringComparison.Ordinal);
        Assert.Contains("""{"all":{"a":"x"}}""", text, StringComparison.Ordinal);
        Assert.Contains("submit.body: an object of 1 members (all)", text, StringComparison.Ordinal);
        Assert.Contains("receipt: for the answer to a submission", text, StringComparison.Ordinal);
        Assert.Contains("refusal: none, it is looked for", text, StringComparison.Ordinal);
        Assert.DoesNotContain("1234-secret", text, StringComparison.Ordinal);
        Assert.All(Api.Calls, call => Assert.Equal("GET", call.Method));
    }

    [Theory]
    [InlineData(
        "form",
        "not offered: malformed (the expression 'form.fields' gave an object of 1 members, and not a list of fields)",
        "form.fields: an object of 1 members (items)"
    )]
    [InlineData("sort(form)", "not offered: malformed (the expression 'form.fields' cannot be evaluated", "form.fields: nothing")]
    public async Task Of_an_adapter_that_gives_no_fields_it_shows_what_it_gave(string fields, string reason, string shown)
    {
        Api.OnForm = context => context.Response.WriteAsync("""{"items":[{"id":"a"}]}""");
        var (code, text) = await RunAdapterAsync(Adapted.Adapter(fields, "values"));
        Assert.Equal(1, code);
        Assert.Contains(reason, text, StringComparison.Ordinal);
        Assert.Contains(shown, text, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Text)> RunAdapterAsync(string adapter)
    {
        var file = Adapted.File(adapter);
        await using var output = new StringWriter();
        var code = await FormCheck.RunAsync(
            ["--check", $"--Forms:0:Adapter={file}", $"--Forms:0:Values:site={Api.Address}"],
            Given.Token,
            output,
            default
        );
        File.Delete(file);
        return (code, output.ToString());
    }

    private async Task<(int Code, string Text)> RunAsync(params string[] settings)
    {
        await using var output = new StringWriter();
        var code = await FormCheck.RunAsync(
            [
                "--check",
                $"--Forms:0:Url={Api.FormUrl}?key=none-of-your-business",
                $"--Forms:0:SubmitUrl={Api.SubmitUrl}",
                .. settings,
            ],
            Given.Token,
            output,
            default
        );
        return (code, output.ToString());
    }
}
