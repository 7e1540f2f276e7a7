using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace McpFunctionApp.Sample;

/// <summary>What a route of the sample form API answers: a status, a body of UTF-8 bytes and at most one header of its
/// own.</summary>
internal sealed record SampleAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    private string ContentType { get; init; } = "application/json";

    private (string Name, string Value)? Header { get; init; }

    /// <summary>A JSON object whose members the given function writes.</summary>
    public static SampleAnswer Json(int status, Action<Utf8JsonWriter> writeMembers) =>
        new(
            status,
            SampleJson.Write(json =>
            {
                json.WriteStartObject();
                writeMembers(json);
                json.WriteEndObject();
            })
        );

    public static SampleAnswer Error(int status, string sentence) => Json(status, json => json.WriteString("error", sentence));

    public static SampleAnswer Unauthorized(string sentence) =>
        Error(StatusCodes.Status401Unauthorized, sentence) with
        {
            Header = (HeaderNames.WWWAuthenticate, "Bearer"),
        };

    public static SampleAnswer TooBusy(string sentence, int retryAfterSeconds) =>
        Error(StatusCodes.Status429TooManyRequests, sentence) with
        {
            Header = (HeaderNames.RetryAfter, retryAfterSeconds.ToString(CultureInfo.InvariantCulture)),
        };

    public static SampleAnswer Html(string page) =>
        new(StatusCodes.Status200OK, Encoding.UTF8.GetBytes(page)) { ContentType = "text/html; charset=utf-8" };

    public async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        response.Headers.CacheControl = "no-store";
        if (Header is { } header)
        {
            response.Headers[header.Name] = header.Value;
        }

        await response.Body.WriteAsync(Body, cancellationToken);
    }
}
