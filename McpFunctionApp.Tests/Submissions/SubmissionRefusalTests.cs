using System.Diagnostics;
using McpFunctionApp.Submissions;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Submissions;

/// <summary>The reasons of a refusal arrive whatever their shape, with the parameters' names; tokens and HTML never do.</summary>
public sealed class SubmissionRefusalTests
{
    [Theory]
    [InlineData(
        """{"description":"Validation failed","errors":[{"field":"priority","message":"It should be one of """
            + """1,2,3","code":"invalid_value"}]}""",
        "Validation failed",
        "priority: It should be one of 1,2,3"
    )]
    [InlineData(
        """{"errorMessages":[],"errors":{"summary":"You must specify a summary."}}""",
        null,
        "summary: You must specify a summary."
    )]
    [InlineData("""{"errorMessages":["No project","No type"],"errors":{}}""", "No project; No type")]
    [InlineData(
        """{"error":"RecordInvalid","description":"Record validation errors","details":{"base":[{"description":"Priority """
            + """is required"}]}}""",
        "RecordInvalid; Record validation errors; Priority is required"
    )]
    [InlineData(
        """{"error":"RecordInvalid","details":{"cf.asset-tag":[{"description":"cannot be blank"}]}}""",
        "RecordInvalid",
        "cf_asset_tag: cannot be blank"
    )]
    [InlineData(
        """{"error":{"message":"Operation failed","detail":"Mandatory field is missing"},"status":"failure"}""",
        "Operation failed; Mandatory field is missing"
    )]
    [InlineData(
        """{"type":"about:blank","title":"One or more errors","status":400,"detail":"See """
            + """errors","errors":{"Priority":["is unknown","is too low"]}}""",
        "One or more errors; See errors",
        "priority: is unknown",
        "priority: is too low"
    )]
    [InlineData(
        """{"detail":[{"loc":["body","fields","priority"],"msg":"field required","type":"missing"}]}""",
        null,
        "priority: field required"
    )]
    [InlineData("""{"code":"4012","userMessage":"Requester is locked"}""", "Requester is locked")]
    [InlineData(
        """{"response_status":{"status_code":4000,"status":"failed","messages":[{"status_code":"""
            + """4012,"field":"summary","message":"is missing"},{"message":"Try it by phone"}]}}""",
        "Try it by phone",
        "summary: is missing"
    )]
    [InlineData("""{"response_status":{"status":"failed","messages":["plain one"]}}""", "plain one")]
    [InlineData(
        """[{"errorCode":"REQUIRED_FIELD_MISSING","message":"Required fields are missing","fields":["summary","priority"]}]""",
        null,
        "summary: Required fields are missing",
        "priority: Required fields are missing"
    )]
    [InlineData("""[{"errorCode":"API_DISABLED","message":"Not for you"}]""", "Not for you")]
    [InlineData("""{"errors":["one","two"]}""", "one; two")]
    [InlineData(
        """{"errors":[{"status":"422","title":"Invalid","detail":"is too """
            + """rude","source":{"pointer":"/data/attributes/summary"}}]}""",
        null,
        "summary: is too rude"
    )]
    [InlineData(
        """{"errors":[{"path":"requestFieldValues[customfield_10010].value","message":"is past"}]}""",
        null,
        "customfield_10010: is past"
    )]
    [InlineData("""{"detail":[{"loc":["body","window","start"],"msg":"is past"}]}""", null, "window_start: is past")]
    [InlineData("""{"errors":[{"source":{"pointer":"/data/window/start"},"detail":"is past"}]}""", null, "window_start: is past")]
    [InlineData("""{"errors":{"window.start":["is past"]}}""", null, "window_start: is past")]
    [InlineData("""{"errors":[{"name":"asset","errorCode":"E7"}]}""", null, "asset: E7")]
    [InlineData(
        """{"errors":[{"field":"CF.Asset-Tag","msg":"bad"},{"field":"Asset tag","msg":"worse"}]}""",
        null,
        "cf_asset_tag: bad",
        "cf_asset_tag: worse"
    )]
    [InlineData(
        """{"errors":{"summary":{"message":"is rude","kind":"user"},"nested":{"priority":["x"]}}}""",
        null,
        "summary: is rude",
        "priority: x"
    )]
    [InlineData("""{"errorMessage":"Nothing was created"}""", "Nothing was created")]
    [InlineData(
        """{"description":["This field is required."],"summary":["Too long."]}""",
        null,
        "description: This field is required."
    )]
    [InlineData("""{"summary":["Too long.","Too rude."]}""", null, "summary: Too long.", "summary: Too rude.")]
    [InlineData(
        """{"error":{"code":"invalidRequest","message":"Bad","details":[{"target":"priority","message":"no such value"}]}}""",
        "Bad",
        "priority: no such value"
    )]
    [InlineData("""{"message":"the same","error":"the same"}""", "the same")]
    [InlineData("""{"code":"E_LIMIT"}""", "E_LIMIT")]
    [InlineData("\"Only on weekdays\"", "Only on weekdays")]
    [InlineData("Only on weekdays", "Only on weekdays")]
    [InlineData("{}", null)]
    [InlineData("", null)]
    [InlineData("""{"message":null,"errors":null,"error":{},"details":{"requestId":"abc"}}""", null)]
    public void Reasons_are_read_whatever_their_shape(string body, string? message, params string[] problems)
    {
        var refusal = AnsweredSubmission.Refusal(body);
        Assert.Equal(message, refusal.Message);
        Assert.Equal(problems, refusal.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void A_name_that_is_none_of_the_form_is_told_as_the_systems_own() =>
        Assert.Equal<FieldProblem>(
            [new FieldProblem("priority", true, "a"), new FieldProblem("impact", false, "b")],
            AnsweredSubmission.Refusal("""{"errors":{"priority":"a","impact":"b"}}""").Problems
        );

    [Theory]
    [InlineData("<html><body>Bad request</body></html>", "application/json")]
    [InlineData("<error>bad</error>", "application/xml")]
    [InlineData("Bad request", "text/html")]
    public void A_page_is_never_shown(string body, string type) =>
        Assert.Null(AnsweredSubmission.Refusal(body, 400, type).Message);

    [Fact]
    public void Html_in_a_reason_is_taken_out() =>
        Assert.Equal(
            "Subject is too long now",
            AnsweredSubmission
                .Refusal("""{"message":"<p>Subject <b>is</b>&nbsp;too\r\nlong</p><script>alert(1)</script> now"}""")
                .Message
        );

    [Theory]
    [InlineData("""{"message":"the token TOKEN is unknown","errors":{"priority":"is unknown","summary":"PIECE"}}""")]
    [InlineData("""{"message":"ESCAPED","errors":{"priority":"is unknown","PIECE":"is odd"}}""")]
    [InlineData("""{"error":{"message":"Bearer TOKEN"},"errors":[{"field":"priority","message":"is unknown"}]}""")]
    public void A_text_that_repeats_the_token_is_dropped_and_the_rest_arrives(string body)
    {
        var escaped = string.Concat(Given.Token.Select(c => $"\\u{(int)c:x4}"));
        var refusal = AnsweredSubmission.Refusal(
            body.Replace("TOKEN", Given.Token, StringComparison.Ordinal)
                .Replace("ESCAPED", escaped, StringComparison.Ordinal)
                .Replace("PIECE", Given.Token[4..16], StringComparison.Ordinal)
        );
        Assert.Contains(new FieldProblem("priority", true, "is unknown"), refusal.Problems);
        TokenLeaks.AssertNone([$"{refusal.Message} {string.Join(' ', refusal.Problems)}"], [Given.Token]);
    }

    [Fact]
    public void Very_many_reasons_are_bounded_and_counted()
    {
        var reasons = Enumerable.Range(0, 100).Select(i => $$"""{"field":"f{{i}}","message":"{{new string('x', 1_000)}}"}""");
        var refusal = AnsweredSubmission.Refusal($$"""{"errors":[{{string.Join(',', reasons)}}]}""");
        Assert.Equal((20, 80), (refusal.Problems.Length, refusal.More));
        Assert.All(refusal.Problems, problem => Assert.InRange(problem.Message.Length, 1, 300));
    }

    [Theory]
    [InlineData("""{"errors":[""", """{"field":"priority","message":"x"}""", "]}")]
    [InlineData("""{"errors":{""", "\"\\ud800\":\"\\ud800\"", "}}")]
    [InlineData("{", "\"error\":{\"message\":\"x\"}", "}")]
    [InlineData("[", "\"x\"", "]")]
    public void A_megabyte_of_reasons_costs_little(string start, string entry, string end)
    {
        var body = start + string.Join(',', Enumerable.Repeat(entry, 1_000_000 / entry.Length)) + end;
        AnsweredSubmission.Read(400, body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        AnsweredSubmission.Read(400, body);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64_000_000);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }
}
