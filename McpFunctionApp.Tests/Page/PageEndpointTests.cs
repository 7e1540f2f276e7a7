using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using McpFunctionApp.Tests.Hosting;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Page;

/// <summary>The page as the server sends it; what it does in a browser is <see cref="PageBrowserTests"/>.</summary>
public sealed partial class PageEndpointTests(PageEndpointTests.Server server) : IClassFixture<PageEndpointTests.Server>
{
    private static readonly Dictionary<string, string?> s_forms = new() { ["Forms:0:Url"] = "http://127.0.0.1:1/form" };

    [Fact]
    public async Task It_is_one_document_without_a_token_and_without_a_question_to_the_form_api()
    {
        await using var api = await FakeFormApi.StartAsync();
        await using var app = await TestApp.StartAsync(api);
        using var page = await app.Http.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Contains("<h1>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(api.Calls);
    }

    [Fact]
    public async Task Its_policy_lets_nothing_run_but_its_own_parts_and_nothing_be_asked_but_this_server()
    {
        using var page = await server.App.Http.GetAsync(new Uri("/", UriKind.Relative));
        var document = await page.Content.ReadAsStringAsync();
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy")).Split("; ");
        Assert.Equal(
            [
                "base-uri 'none'",
                "connect-src 'self'",
                "default-src 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
                "img-src data:",
                "require-trusted-types-for 'script'",
                $"script-src {DigestOf(document, "script")}",
                $"style-src {DigestOf(document, "style")}",
            ],
            policy.Order(StringComparer.Ordinal)
        );
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
        Assert.DoesNotMatch(External(), document);
        Assert.DoesNotMatch(Handler(), document);
    }

    [Fact]
    public async Task Turned_off_it_is_404_and_the_endpoint_stays_405_for_a_browser()
    {
        await using var app = await TestApp.StartAsync(new Dictionary<string, string?>(s_forms) { ["Endpoint:Page"] = "false" });
        using var page = await app.Http.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        using var endpoint = await GetAsync(app, "/mcp", "text/html");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, endpoint.StatusCode);
        Assert.Equal(["POST"], endpoint.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("text/html", 303)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", 303)]
    [InlineData("TEXT/HTML;q=0.1", 303)]
    [InlineData("text/html;q=0", 405)]
    [InlineData("*/*", 405)]
    [InlineData("text/event-stream", 405)]
    [InlineData("no media type", 405)]
    [InlineData(null, 405)]
    public async Task A_browser_at_the_endpoint_is_sent_to_the_page_and_a_client_is_not(string? accept, int status)
    {
        using var answer = await GetAsync(server.App, "/mcp", accept);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 303 ? "/" : null, answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task It_names_the_samples_tokens_where_the_samples_form_is_offered_and_never_else()
    {
        Assert.DoesNotContain(
            "test-token",
            await server.App.Http.GetStringAsync(new Uri("/", UriKind.Relative)),
            StringComparison.Ordinal
        );
        await using var sample = await TestApp.StartAsync(
            new Dictionary<string, string?>
            {
                ["Forms:0:Url"] = "http://127.0.0.1:1/sample/form",
                ["SampleFormApi:Enabled"] = "true",
            }
        );
        var page = await sample.Http.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.Contains("test-token-technician", page, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> GetAsync(TestApp app, string path, string? accept)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = app.Http.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await http.SendAsync(request);
    }

    private static string DigestOf(string document, string element)
    {
        var text = Assert
            .Single(Regex.Matches(document, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline))
            .Groups[1]
            .Value;
        return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
    }

    [GeneratedRegex("""(src|href|action)="(?!data:|#)|url\(|@import""")]
    private static partial Regex External();

    [GeneratedRegex("""<[^>]* on[a-z]+=|javascript:""")]
    private static partial Regex Handler();

    public sealed class Server() : SharedServer([]);
}
