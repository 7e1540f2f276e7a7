using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using McpFunctionApp.Callers;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.FormApi;

/// <summary>
/// The HTTP client for form APIs. Callers share its connections and nothing else: no cookies, no redirects that would
/// carry a token elsewhere, no log lines of the HTTP library, no more of a body than was asked for.
/// </summary>
public static class FormApiHttp
{
    public const string Name = "form-api";

    private const int SmallBody = 65_536;

    public static IServiceCollection AddFormApiHttp(this IServiceCollection services)
    {
        services
            .AddHttpClient(Name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler(
                (handler, _) =>
                {
                    handler.UseCookies = false;
                    handler.Proxy = new EncryptedProxy();
                    handler.AllowAutoRedirect = false;
                    handler.AutomaticDecompression = DecompressionMethods.All;
                    handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
                }
            )
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services;
    }

    /// <summary>A request made as this caller that expects JSON.</summary>
    public static HttpRequestMessage Request(HttpMethod method, Uri url, FormOptions form, Caller caller)
    {
        var request = new HttpRequestMessage(method, url);
        form.Headers?.AddTo(request.Headers);
        request.Headers.Authorization = new AuthenticationHeaderValue(form.Scheme, caller.Token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }

    /// <summary>Reads at most <paramref name="limit"/> bytes after decompression; null where there are more.</summary>
    /// <param name="goesOn">Asked once, where there are more than 64 KiB: false ends the reading with null.</param>
    public static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(
        HttpContent content,
        int limit,
        CancellationToken cancellationToken,
        Func<CancellationToken, ValueTask<bool>>? goesOn = null
    )
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[16_384];
        int read;
        while ((read = await ReadAsync(stream, buffer, cancellationToken)) > 0)
        {
            var isLarge = body.Length + read > SmallBody && body.Length <= SmallBody;
            if (body.Length + read > limit || (isLarge && goesOn is not null && !await goesOn(cancellationToken)))
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static async ValueTask<int> ReadAsync(Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            // What Brotli throws at data that is none; the other encodings throw this themselves.
            throw new InvalidDataException("The answer could not be decompressed.", e);
        }
    }

    /// <summary>Whether a connection was refused, reset or closed before the answer was complete.</summary>
    public static bool IsLostConnection(Exception exception) =>
        exception is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }
        || exception is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }
        || exception
            is SocketException
            {
                SocketErrorCode: SocketError.ConnectionRefused
                    or SocketError.ConnectionReset
                    or SocketError.ConnectionAborted
                    or SocketError.Shutdown
            }
        || (exception.InnerException is { } inner && IsLostConnection(inner));

    /// <summary>Whether what was answered is no HTTP, or has headers beyond all measure: asking again would not help.</summary>
    public static bool IsNoHttp(Exception exception) =>
        exception
            is HttpRequestException
                {
                    HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded
                }
                or HttpIOException
                {
                    HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded
                };

    /// <summary>Whether the request cannot have reached the API at all.</summary>
    public static bool WasNeverSent(HttpRequestException exception) =>
        exception.HttpRequestError
            is HttpRequestError.ConnectionError
                or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError;

    /// <summary>What went wrong in a few words that hold no address and no text from outside.</summary>
    public static string Describe(Exception exception) =>
        exception switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
                "its host name could not be resolved",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
                "no trusted TLS connection could be made",
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "no connection could be made",
            _ when IsNoHttp(exception) => "its answer is not valid HTTP",
            InvalidDataException => "its answer could not be decompressed",
            _ => "the connection was lost",
        };
}
