using System.Net;
using Duende.IdentityModel.Client;

namespace McpFunctionApp.Callers.Exchange;

/// <summary>What the authority answered: a token and how long it lives, or why there is none. Pure.</summary>
/// <param name="Life">The answer's <c>expires_in</c>; zero where it gives none that can be read.</param>
internal sealed record ExchangeAnswer(string? Token, TimeSpan Life, ExchangeFailure? Failure)
{
    private const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";
    private const string Jwt = "urn:ietf:params:oauth:token-type:jwt";

    public static ExchangeAnswer Failed(ExchangeFailure failure) => new(null, default, failure);

    public static ExchangeAnswer Unavailable(string detail, string? settings = null) =>
        Failed(new ExchangeFailure(ExchangeTrouble.Unavailable, detail) { Settings = settings });

    /// <param name="subject">The caller's own token.</param>
    public static ExchangeAnswer Read(TokenResponse response, string subject, ExchangeOptions exchange, ClientOptions client)
    {
        // What the library calls an exception is whatever it could not send, receive or read.
        if (response.HttpResponse is null)
        {
            return Unavailable(
                IsTooLarge(response.Exception)
                    ? "the authority's answer is larger than 64 KiB"
                    : "the authority could not be reached"
            );
        }

        if (response.HttpStatusCode != HttpStatusCode.OK)
        {
            return Failed(ExchangeRefusal.Read(response, exchange, client));
        }

        return Problem(response, subject) is { } problem
            ? Unavailable($"the authority's answer is not used: {problem}")
            : new ExchangeAnswer(response.AccessToken, TimeSpan.FromSeconds(Math.Max(0, response.ExpiresIn)), null);
    }

    private static string? Problem(TokenResponse response, string subject) =>
        response.Json is not { ValueKind: JsonValueKind.Object } ? "it is no JSON object"
        : response.AccessToken is not { Length: > 0 } token || token.Any(c => c is <= ' ' or > '~') ? "it has no token"
        : !string.Equals(response.TokenType, "Bearer", StringComparison.OrdinalIgnoreCase) ? "its token is not of the type Bearer"
        : response.IssuedTokenType is not (null or AccessToken or Jwt) ? "what it has is no access token"
        : token == subject ? "its token is the caller's own"
        : null;

    private static bool IsTooLarge(Exception? exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded };
}
