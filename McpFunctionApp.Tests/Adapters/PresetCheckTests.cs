using System.Text.RegularExpressions;
using McpFunctionApp.Hosting.Kestrel;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Adapters;

/// <summary>
/// Each preset as somebody sets it up: <c>--check</c> first, then a call, and what the vendor's system was sent on the way.
/// What is expected stands in <c>Checks/{preset}.txt</c>: what is printed, the call's arguments, and the system's own log.
/// </summary>
public sealed class PresetCheckTests
{
    [Theory]
    [InlineData("jira-service-management", "Values:site={address}", "Values:serviceDesk=7", "Values:requestType=21")]
    [InlineData("servicenow", "Values:site={address}", "Values:item=3f1dd0320a0a0b99000a53f7604a2ef9")]
    [InlineData("zendesk", "Values:site={address}", "Values:ticketForm=42")]
    [InlineData("freshservice", "Values:site={address}", "Scheme=Basic")]
    [InlineData("microsoft-lists", "Values:graph={address}", "Values:site=contoso.example,11,22", "Values:list=Requests")]
    [InlineData("serviceops", "Values:site={address}", "Values:requester=sam@example.com")]
    public async Task The_check_shows_the_form_and_what_each_expression_gave_and_a_call_arrives(
        string preset,
        params string[] settings
    )
    {
        var parts = Expected(preset);
        var pairs = settings
            .Select(setting => setting.Split('=', 2))
            .Select(pair => ($"Forms:0:{pair[0]}", (string?)pair[1]))
            .ToArray();
        await using var app = await AdapterApp.OfPresetAsync(preset, pairs);

        var (code, text) = await CheckAsync(app.Api, preset, settings);
        Assert.Equal((0, parts[0]), (code, text));
        var asked = app.Api.Calls;
        Assert.Equal(parts[2].Split('\n').Where(line => line.StartsWith("GET ", StringComparison.Ordinal)), Lines(asked));

        var call = await app.CallAsync(parts[1]);
        Assert.False(call.IsError, call.Body);
        Assert.Equal(parts[2], string.Join('\n', Lines(app.Api.Calls.Skip(asked.Count))));
    }

    /// <returns>The exit code, and what was printed, with the fake's address as <c>{address}</c>.</returns>
    private static async Task<(int Code, string Text)> CheckAsync(FakeFormApi api, string preset, string[] settings)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        var switches = settings.Select(setting =>
            $"--Forms:0:{setting.Replace("{address}", api.Address, StringComparison.Ordinal)}"
        );
        var code = await FormCheck.RunAsync(
            ["--check", $"--Forms:0:Adapter={preset}", .. switches],
            Given.Token,
            output,
            default
        );
        return (
            code,
            output.ToString().ReplaceLineEndings("\n").Replace(api.Address, "{address}", StringComparison.Ordinal).TrimEnd()
        );
    }

    /// <summary>What a system's log says of each call: addresses that are asked at once in the order of their names.</summary>
    private static IEnumerable<string> Lines(IEnumerable<ApiCall> calls) =>
        calls
            .Select(call => $"{call.Method} {call.Target} as {Scheme(call)} {call.Body}".TrimEnd())
            .Order(StringComparer.Ordinal);

    private static string Scheme(ApiCall call)
    {
        var header = call.Headers.Authorization.ToString();
        Assert.EndsWith($" {Given.Token}", header, StringComparison.Ordinal);
        return header.Split(' ')[0];
    }

    /// <returns>What is printed, the arguments, the log.</returns>
    private static string[] Expected(string preset)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Adapters", "Checks", $"{preset}.txt"));
        return
        [
            .. Regex
                .Split(text.ReplaceLineEndings("\n"), "^== .*\n", RegexOptions.Multiline)
                .Skip(1)
                .Select(part => part.Trim('\n')),
        ];
    }
}
