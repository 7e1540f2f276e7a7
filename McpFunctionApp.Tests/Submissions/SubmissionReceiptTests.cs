using McpFunctionApp.Submissions;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Submissions;

/// <summary>Any 2xx is a success unless its body says otherwise; the id is found where systems put it.</summary>
public sealed class SubmissionReceiptTests
{
    [Theory]
    [InlineData("""{"request":{"id":33}}""", "33")]
    [InlineData("""{"ticket":{"id":1}}""", "1")]
    [InlineData("""{"issueKey":"ITH-1"}""", "\"ITH-1\"")]
    [InlineData("""{"data":{"id":1}}""", "1")]
    [InlineData("""{"service_request":{"id":7}}""", "7")]
    [InlineData("""{"issue":{"key":"A-1"}}""", "\"A-1\"")]
    [InlineData("""{"incident":{"sys_id":"9d38"}}""", "\"9d38\"")]
    [InlineData("""[{"id":1}]""", "1")]
    [InlineData("""[{"ticket":{"id":1}}]""", "1")]
    [InlineData("""{"data":[{"id":1}]}""", "1")]
    [InlineData("""{"Id":5}""", "5")]
    [InlineData("""{"ID":5}""", "5")]
    [InlineData("""{"key":"ITH-1"}""", "\"ITH-1\"")]
    [InlineData("""{"ticketId":"T1"}""", "\"T1\"")]
    [InlineData("""{"REQUESTID":8}""", "8")]
    [InlineData("""{"key":"ITH-1","id":"10001"}""", "\"10001\"")]
    [InlineData("""{"id":null,"key":"ITH-1"}""", "\"ITH-1\"")]
    [InlineData("""{"id":"","number":"REQ1"}""", "\"REQ1\"")]
    [InlineData("""{"id":" ","number":"REQ1"}""", "\"REQ1\"")]
    [InlineData("""{"id":true,"sys_id":"9d38"}""", "\"9d38\"")]
    [InlineData("""{"id":{"value":1},"requestId":2}""", "2")]
    [InlineData("""{"id":null,"request":{"id":2},"data":{"id":3}}""", "2")]
    [InlineData("""{"data":{"id":3},"ticket":{"id":2}}""", "2")]
    [InlineData("""{"id":9007199254740993}""", "9007199254740993")]
    [InlineData("""{"id":1.50}""", "1.50")]
    [InlineData("""{"id":"\ud800","key":"K"}""", "\"K\"")]
    [InlineData("""{"\ud800":1,"id":"R"}""", "\"R\"")]
    [InlineData("\uFEFF {\"id\":\"1\"}", "\"1\"")]
    public void An_id_is_found_where_systems_put_it_and_keeps_its_digits_and_type(string body, string id) =>
        Assert.Equal(id, AnsweredSubmission.Receipt(201, body).IdJson);

    [Fact]
    public void The_number_that_people_know_and_the_address_stand_beside_the_id()
    {
        Assert.Equal(
            new SubmissionReceipt("46", "\"INC-46\"", "https://desk.example/46", "Open"),
            AnsweredSubmission.Receipt(200, """{"id":46,"number":"INC-46","url":"https://desk.example/46","status":"Open"}""")
        );
        Assert.Equal(
            new SubmissionReceipt("\"REQ0010\"", "\"REQ0010\"", null, null),
            AnsweredSubmission.Receipt(
                200,
                """{"result":{"sys_id":"9d38","number":"REQ0010"},"url":"https://elsewhere.example"}"""
            )
        );
        Assert.Equal(
            new SubmissionReceipt("1", "46", "https://x.example/1", "waiting"),
            AnsweredSubmission.Receipt(
                200,
                """{"status":"success","request":{"id":1,"Number":46,"URL":"https://x.example/1","status":"waiting"}}"""
            )
        );
    }

    [Theory]
    [InlineData("http://desk.example/46")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/requests/46")]
    [InlineData("https://desk.example/a b")]
    [InlineData("https://desk.example/\\u001b")]
    [InlineData("https://desk.example/" + Given.Token)]
    public void An_address_that_is_not_https_or_repeats_the_token_is_none(string url)
    {
        var receipt = AnsweredSubmission.Receipt(200, $$"""{"id":1,"url":"{{url}}"}""");
        Assert.Equal(("1", null), (receipt.IdJson, receipt.Url));
    }

    [Theory]
    [InlineData(201, "")]
    [InlineData(204, "")]
    [InlineData(202, "accepted")]
    [InlineData(200, "{}")]
    [InlineData(200, "4711")]
    [InlineData(200, "[]")]
    [InlineData(200, """[{"id":1},{"id":2}]""")]
    [InlineData(200, """{"id":null}""")]
    [InlineData(200, "<response><id>1</id></response>")]
    [InlineData(200, """{"result":{"data":{"id":1}}}""")]
    public void Any_2xx_is_a_success_though_it_has_no_id(int status, string body) =>
        Assert.Null(AnsweredSubmission.Receipt(status, body, body.StartsWith('<') ? "application/xml" : "text/plain").IdJson);

    [Fact]
    public void A_body_that_is_too_large_to_read_is_a_success_without_an_id() =>
        Assert.Equal(
            SubmissionReceipt.Empty,
            SubmissionReader.Read(new SubmissionResponse(201, null, null, null, null), [], Given.Token).Receipt
        );

    [Theory]
    [InlineData("https://desk.example/requests/33", "\"33\"")]
    [InlineData("/requests/33/", "\"33\"")]
    [InlineData("33", "\"33\"")]
    [InlineData("https://desk.example/requests/A%20B?view=1#top", "\"A B\"")]
    [InlineData("https://desk.example", null)]
    [InlineData("https://desk.example/", null)]
    [InlineData("https://desk.example/requests/" + Given.Token, null)]
    public void Without_a_body_the_id_is_the_last_part_of_Location(string location, string? id)
    {
        Assert.Equal(id, AnsweredSubmission.Receipt(201, null, null, location).IdJson);
        Assert.Equal(id, AnsweredSubmission.Receipt(303, "<html>See other</html>", "text/html", location).IdJson);
    }

    [Theory]
    [InlineData("https://org.example/api/data/v9.2/incidents(5f4d-22)", null, "\"5f4d-22\"")]
    [InlineData("https://org.example/Tickets('A-1')", null, "\"A-1\"")]
    [InlineData("https://org.example/incidents(5f4d)", "https://org.example/incidents(5f4d)", "\"5f4d\"")]
    [InlineData("https://org.example/incidents(5f4d)", "https://org.example/requests/33", "\"33\"")]
    [InlineData("https://org.example/incidents", null, null)]
    public void The_key_of_an_OData_entity_is_its_id(string entityId, string? location, string? id) =>
        Assert.Equal(id, AnsweredSubmission.Receipt(204, null, null, location, entityId).IdJson);

    [Fact]
    public void An_id_in_the_body_comes_before_the_headers() =>
        Assert.Equal("8", AnsweredSubmission.Receipt(201, """{"id":8}""", location: "/requests/33").IdJson);

    [Fact]
    public void A_303_without_an_address_is_no_success() => Assert.NotNull(AnsweredSubmission.Read(303).Refusal);

    [Theory]
    [InlineData("""{"id":8,"success":false,"message":"Not created"}""")]
    [InlineData("""{"id":8,"Success":"False","message":"Not created"}""")]
    [InlineData("""{"ok":false,"error":"Not created"}""")]
    [InlineData("""{"id":8,"status":"FAILURE","message":"Not created"}""")]
    [InlineData("""{"status":"failed","message":"Not created"}""")]
    [InlineData("""{"status":"error","message":"Not created"}""")]
    [InlineData("""{"result":"Error","message":"Not created"}""")]
    [InlineData("""[{"success":false,"message":"Not created"}]""")]
    [InlineData("""{"response_status":{"status":"failed","messages":[{"message":"Not created"}]}}""")]
    [InlineData("""{"response_status":[{"status":"failed","messages":[{"message":"Not created"}]}],"request":{"id":1}}""")]
    public void A_body_that_says_failure_is_a_refusal_with_its_reasons(string body)
    {
        var refusal = AnsweredSubmission.Refusal(body, 200);
        Assert.Contains("Not created", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":8,"success":true,"status":"errors corrected"}""")]
    [InlineData("""{"id":8,"error":null,"errors":[]}""")]
    [InlineData("""{"id":8,"status":{"name":"failed"}}""")]
    public void Nothing_else_makes_a_success_a_failure(string body) =>
        Assert.Equal("8", AnsweredSubmission.Receipt(200, body).IdJson);

    [Theory]
    [InlineData("<!DOCTYPE html><html><body>Sign in</body></html>", "text/html")]
    [InlineData("Sign in", "text/html")]
    [InlineData("\r\n<html>Sign in", "application/json")]
    [InlineData("<?xml version=\"1.0\"?><!-- a page --> <HTML>", null)]
    [InlineData("<html/>", "application/xhtml+xml")]
    public void A_web_page_says_nothing_of_the_outcome(string body, string? type)
    {
        var answer = AnsweredSubmission.Read(200, body, type);
        Assert.Equal(SubmissionAnswer.Unknown, answer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"id":1}""")]
    public void Json_and_nothing_are_no_web_page_whatever_they_are_called(string body) =>
        Assert.NotNull(AnsweredSubmission.Receipt(200, body, "text/html"));

    [Theory]
    [InlineData("""{"id":"TOKEN"}""", null)]
    [InlineData("""{"id":"of PIECE"}""", null)]
    [InlineData("""{"id":"TOKEN","key":"K-1"}""", "\"K-1\"")]
    public void An_id_that_repeats_the_token_is_none_and_the_answer_stays_a_success(string body, string? id)
    {
        var receipt = AnsweredSubmission.Receipt(
            201,
            body.Replace("TOKEN", Given.Token, StringComparison.Ordinal)
                .Replace("PIECE", Given.Token[4..16], StringComparison.Ordinal)
        );
        Assert.Equal(id, receipt.IdJson);
    }
}
