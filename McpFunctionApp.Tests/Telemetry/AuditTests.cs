using McpFunctionApp.Callers;
using McpFunctionApp.Endpoint;
using McpFunctionApp.Replies;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Search;
using Microsoft.Extensions.Logging;

namespace McpFunctionApp.Tests.Telemetry;

public sealed class AuditTests
{
    private const int Audit = 4010;
    private const int Called = 4000;

    private static readonly string s_fingerprint = Caller.FromToken(Given.Token, "groups").Fingerprint;

    [Fact]
    public async Task A_forms_call_is_written_down_with_who_form_outcome_and_the_request_that_was_made()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeFields(Given.Fields);
        await using var app = await WatchedApp.StartSubmittingAsync(api);
        await app.Rpc.CallAsync("create_request", Given.Call, Given.Token);
        await app.Rpc.CallAsync("create_request", """{"priority":"purple"}""", Given.Token);
        var lines = app.Log.Of(Audit).ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Equal(LogLevel.Information, line.Level));
        Assert.Matches(
            $"^Tool create_request called by caller {s_fingerprint}: ok in [0-9.]+ ms, form [0-9a-f]{{12}}, request 4711, "
                + $"subject - $",
            lines[0].Text
        );
        Assert.Matches(
            $"^Tool create_request called by caller {s_fingerprint}: invalid_arguments in [0-9.]+ ms, form [0-9a-f]{{12}}, "
                + $"request trace [0-9a-f]{{32}}, subject - $",
            lines[1].Text
        );
        Assert.Empty(app.Log.Of(Called));
        Assert.DoesNotContain(
            app.Log.Lines,
            line =>
                line.Text.Contains("purple", StringComparison.Ordinal) || line.Text.Contains("on fire", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_form_is_the_same_in_two_lines_only_where_it_was_the_same()
    {
        await using var api = await FakeFormApi.StartAsync();
        api.ServeByToken(token =>
            token == Given.Token ? Given.Fields : """{"name":"Subject","paramName":"subject","type":"TextFieldRest"}"""
        );
        await using var app = await WatchedApp.StartAsync(api);
        await app.Rpc.CallAsync("create_request", """{"subject":"a"}""", Given.Token);
        await app.Rpc.CallAsync("create_request", """{"subject":"b"}""", Given.Token);
        await app.Rpc.CallAsync("create_request", """{"subject":"c"}""", Given.OtherToken);
        var forms = app.Log.Of(Audit).Select(line => line.Text.Split(", form ")[1][..12]).ToList();
        Assert.Equal(forms[0], forms[1]);
        Assert.NotEqual(forms[0], forms[2]);
    }

    [Fact]
    public async Task A_call_without_a_token_is_written_down_too_and_one_of_a_static_tool_as_before()
    {
        await using var api = await FakeFormApi.StartAsync();
        await using var app = await WatchedApp.StartAsync(api);
        await app.Rpc.CallAsync("create_request", Given.Call);
        await app.Rpc.CallAsync("add", """{"a":1,"b":2}""");
        Assert.StartsWith(
            "Tool create_request called by caller without a token: authentication_required in ",
            Assert.Single(app.Log.Of(Audit)).Text,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Tool add called by caller without a token: ok in ",
            Assert.Single(app.Log.Of(Called)).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_search_is_written_down_without_what_was_looked_for()
    {
        await using var rig = await SearchRig.StartAsync();
        await rig.SearchAsync();
        Assert.Matches(
            $"^Tool search_users called by caller {s_fingerprint}: ok in [0-9.]+ ms, form -, request trace [0-9a-f]{{32}}, "
                + $"subject - $",
            Assert.Single(rig.App.Log.Of(Audit)).Text
        );
        rig.AssertQueryIsNotLogged();
    }

    [Theory]
    [InlineData("", "-")]
    [InlineData("verified", "\"sam\"")]
    public void A_subject_is_written_down_only_where_it_is_verified(string standing, string expected)
    {
        var caller = Caller.FromToken(Given.Jwt("""{"sub":"sam"}"""), "groups");
        Assert.EndsWith(
            $"subject {expected} ",
            Line(standing.Length == 0 ? caller : caller.With(TokenStanding.Verified)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_subject_cannot_be_taken_for_another_line_or_the_rest_of_its_own()
    {
        var caller = Caller
            .FromToken(Given.Jwt("""{"sub":"sam\", request 1\nTool create_request called by caller 0000"}"""), "groups")
            .With(TokenStanding.Verified);
        var line = Line(caller);
        Assert.DoesNotContain('\n', line);
        Assert.EndsWith(
            """subject "sam\", request 1 Tool create_request called by caller 0000" """,
            line,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_long_subject_is_cut()
    {
        var caller = Caller
            .FromToken(Given.Jwt($$"""{"sub":"{{new string('s', 500)}}"}"""), "groups")
            .With(TokenStanding.Verified);
        Assert.EndsWith($"subject \"{new string('s', 127)}…\" ", Line(caller), StringComparison.Ordinal);
    }

    private static string Line(Caller caller)
    {
        using var log = new LogCollector();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        new AuditLog(factory.CreateLogger<AuditLog>()).Note(
            "create_request",
            null,
            caller,
            ToolReply.Error(ErrorCodes.InvalidArguments, "no"),
            ErrorCodes.InvalidArguments,
            TimeSpan.Zero
        );
        return Assert.Single(log.Lines).Text;
    }
}
