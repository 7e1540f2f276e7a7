using McpFunctionApp.Hosting.Kestrel;
using McpFunctionApp.Settings;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Hosting;

/// <summary><c>--check</c> shows what becomes of each form, and submits nothing.</summary>
public sealed class FormCheckTests : IAsyncLifetime
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

    private FakeFormApi _api = null!;

    public async Task InitializeAsync() => _api = await FakeFormApi.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task The_fields_what_was_left_out_and_the_body_for_the_defaults_are_printed_and_nothing_is_sent()
    {
        _api.OnForm = context => context.Response.WriteAsync(Change);
        var (code, text) = await RunAsync();
        Assert.Equal(0, code);
        Assert.Equal(
            """
              PARAMETER  KIND    REQUIRED  OPTIONS  DEFAULT  NAME
              title      text    yes                         title
              risk       choice            2        Low      risk
            """,
            string.Join('\n', text.Split('\n')[1..4].Select(line => line.TrimEnd())));
        Assert.Contains("'pin': is a secret", text, StringComparison.Ordinal);
        Assert.Contains("'steps': is a list", text, StringComparison.Ordinal);
        Assert.Contains("""{"risk":1,"kind":"change"}""", text, StringComparison.Ordinal);
        Assert.DoesNotContain("1234-secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Given.Token, text, StringComparison.Ordinal);
        Assert.DoesNotContain("key=", text, StringComparison.Ordinal);
        Assert.All(_api.Calls, call => Assert.Equal("GET", call.Method));
    }

    [Fact]
    public async Task Each_form_is_asked_for_once_and_one_that_is_not_offered_says_why()
    {
        _api.OnForm = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        var (code, text) = await RunAsync($"--Forms:1:Tool=other", $"--Forms:1:Url={_api.FormUrl}");
        Assert.Equal(1, code);
        Assert.Equal(2, _api.Calls.Count);
        Assert.Equal(2, text.Split("not offered: unavailable (it answered 503)").Length - 1);
    }

    [Fact]
    public async Task A_form_that_cannot_be_filled_in_says_what_it_requires()
    {
        _api.ServeFields("""{"name":"Pin","type":"PasswordFieldRest","required":true}""");
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
        var fault = await Assert.ThrowsAsync<SettingsException>(() => FormCheck.RunAsync(["--check", $"--Forms:0:Url={_api.FormUrl}"], token, TextWriter.Null, default));
        Assert.Contains("MCP_CHECK_TOKEN", Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    private async Task<(int Code, string Text)> RunAsync(params string[] settings)
    {
        await using var output = new StringWriter();
        var code = await FormCheck.RunAsync(
            ["--check", $"--Forms:0:Url={_api.FormUrl}?key=none-of-your-business", $"--Forms:0:SubmitUrl={_api.SubmitUrl}", .. settings], Given.Token, output, default);
        return (code, output.ToString());
    }
}
