using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using McpFunctionApp.Callers;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.FormApi;

/// <summary>
/// The HTTP client for form APIs, what is asked of them, and what went wrong. Callers share its connections and nothing
/// else.
/// </summary>
public static class FormApiHttp
{
    public const string Name = "form-api";

    public static IServiceCollection AddFormApiHttp(this IServiceCollection services)
    {
        services
            .AddPlainHttp(Name)
            .UseSocketsHttpHandler((handler, _) => handler.AutomaticDecompression = DecompressionMethods.All);
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
