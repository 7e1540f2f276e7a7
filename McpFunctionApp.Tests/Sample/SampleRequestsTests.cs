using System.Net;

namespace McpFunctionApp.Tests.Sample;

public sealed class SampleRequestsTests : IAsyncLifetime
{
    private SampleHost _host = null!;

    public async Task InitializeAsync() => _host = await SampleHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task An_accepted_submission_gets_an_id_and_is_shown_to_its_caller_alone()
    {
        using var answer = await _host.SubmitAsync(
            SampleHost.UserB,
            """{"subject":"Größer <b>","priority":"low","category":13}"""
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var created = await SampleHost.JsonOf(answer);
        Assert.Equal("open", created.GetProperty("status").GetString());

        var kept = Assert.Single(await _host.RequestsOfAsync(SampleHost.UserB));
        Assert.Equal(created.GetProperty("id").GetInt64(), kept.GetProperty("id").GetInt64());
        Assert.Equal("""{"subject":"Größer <b>","priority":"low","category":13}""", kept.GetProperty("fields").GetRawText());
        Assert.Empty(await _host.RequestsOfAsync(SampleHost.UserA));
    }

    [Theory]
    [InlineData("""{}""", "subject")]
    [InlineData("""{"subject":null}""", "subject")]
    [InlineData("""{"requester":"Ada"}""", "subject")]
    [InlineData("""{"subject":"x","priority":"low"}""", "priority")]
    [InlineData("""{"Subject":"x"}""", "Subject")]
    [InlineData("""{"subject":"x","subject":"y"}""", "twice")]
    [InlineData("""["subject"]""", "object")]
    [InlineData("""{"subject":""", "JSON")]
    [InlineData("", "JSON")]
    [InlineData("""{"subject":"\ud800"}""", "JSON")]
    public async Task A_submission_that_does_not_fit_the_form_is_400_and_says_why(string body, string named)
    {
        using var answer = await _host.SubmitAsync(SampleHost.UserA, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(named, (await SampleHost.JsonOf(answer)).GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Empty(await _host.RequestsOfAsync(SampleHost.UserA));
    }

    [Fact]
    public async Task Fields_that_are_hidden_from_the_caller_cannot_be_submitted()
    {
        using var answer = await _host.SubmitAsync(SampleHost.Technician, """{"internal_score":5,"request_number":"1"}""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("internal_score, request_number", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_more_than_256_KiB_is_413(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sample/requests")
        {
            Content = new ByteArrayContent(new byte[(256 * 1024) + 1]),
        };
        request.Headers.Add("Authorization", $"Bearer {SampleHost.UserA}");
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await _host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_repeated_idempotency_key_brings_the_first_request_back_and_creates_no_second()
    {
        using var first = await _host.SubmitAsync(SampleHost.UserA, """{"subject":"one"}""", "the-key");
        using var again = await _host.SubmitAsync(SampleHost.UserA, """{"subject":"one"}""", "the-key");
        using var other = await _host.SubmitAsync(SampleHost.UserA, """{"subject":"two"}""", "another-key");
        using var ofB = await _host.SubmitAsync(SampleHost.UserB, """{"subject":"one"}""", "the-key");
        Assert.All([first, again, other, ofB], answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal(await IdOf(first), await IdOf(again));
        Assert.Equal(3, new HashSet<long>([await IdOf(first), await IdOf(other), await IdOf(ofB)]).Count);
        Assert.Equal(2, (await _host.RequestsOfAsync(SampleHost.UserA)).Count);
        Assert.Single(await _host.RequestsOfAsync(SampleHost.UserB));
    }

    [Fact]
    public async Task Submissions_with_one_key_that_arrive_together_are_one_request()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => _host.SubmitAsync(SampleHost.UserA, """{"subject":"one"}""", "the-key"))
        );
        Assert.Single((await Task.WhenAll(answers.Select(IdOf))).Distinct());
        Assert.Single(await _host.RequestsOfAsync(SampleHost.UserA));
    }

    [Fact]
    public async Task A_refused_submission_does_not_use_up_its_key()
    {
        using var refused = await _host.SubmitAsync(SampleHost.UserA, "{}", "the-key");
        using var mended = await _host.SubmitAsync(SampleHost.UserA, """{"subject":"one"}""", "the-key");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Created, mended.StatusCode);
    }

    [Fact]
    public async Task A_key_of_more_than_255_characters_is_400()
    {
        using var longest = await _host.SubmitAsync(SampleHost.UserA, """{"subject":"one"}""", new string('k', 255));
        using var tooLong = await _host.SubmitAsync(SampleHost.UserA, """{"subject":"one"}""", new string('k', 256));
        Assert.Equal(HttpStatusCode.Created, longest.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
    }

    private static async Task<long> IdOf(HttpResponseMessage answer) =>
        (await SampleHost.JsonOf(answer)).GetProperty("id").GetInt64();
}
