using System.Net;
using Duende.IdentityModel.Client;

namespace McpFunctionApp.Callers.Exchange;

/// <summary>What an error that the authority answers means (RFC 6749, section 5.2; RFC 8693, section 2.2.2; Entra's
/// <c>suberror</c>). Pure.</summary>
internal static class ExchangeRefusal
{
    // An hour at most, whatever a busy authority asks for.
    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(1);

    private static readonly string[] s_consent = ["consent_required", "interaction_required"];

    public static ExchangeFailure Read(TokenResponse response, ExchangeOptions exchange, ClientOptions client)
    {
        var status = $"the authority answered {(int)response.HttpStatusCode}";
        if (response.HttpStatusCode == HttpStatusCode.TooManyRequests)
        {
            return new ExchangeFailure(ExchangeTrouble.Busy, status) { RetryAfter = PauseOf(response.HttpResponse!) };
        }

        var error = response.HttpStatusCode < HttpStatusCode.InternalServerError ? TextOf(response, "error") : null;
        var trouble =
            s_consent.Contains(TextOf(response, "suberror")) || s_consent.Contains(error) ? ExchangeTrouble.ConsentRequired
            : error == "invalid_grant" ? ExchangeTrouble.Rejected
            : ExchangeTrouble.Unavailable;
        return new ExchangeFailure(trouble, NameOf(error) is { } name ? $"{status}, {name}" : status)
        {
            ConsentUrl = trouble == ExchangeTrouble.ConsentRequired ? client.ConsentUrl : null,
            Settings = SettingsOf(error, exchange, client),
            Said = TextOf(response, "error_description") ?? "",
        };
    }

    /// <summary>Where to look first; null where the authority said nothing that any setting would change.</summary>
    private static string? SettingsOf(string? error, ExchangeOptions exchange, ClientOptions client) =>
        error switch
        {
            "invalid_client" => $"{ClientOptions.Section}:Id and {ClientOptions.Section}:{client.Credential.Setting}",
            "unauthorized_client" => $"{ClientOptions.Section}:Id",
            "invalid_scope" => $"{exchange.Section}:Scopes",
            "invalid_target" => exchange switch
            {
                { Audience: null, Resource: not null } => $"{exchange.Section}:Resource",
                { Audience: not null, Resource: null } => $"{exchange.Section}:Audience",
                _ => $"{exchange.Section}:Audience and {exchange.Section}:Resource",
            },
            "invalid_grant" or "unsupported_grant_type" or "invalid_request" => $"{exchange.Section}:Exchange",
            _ => null,
        };

    /// <summary>The names that the specifications know: any other is text from outside.</summary>
    private static string? NameOf(string? error) =>
        error
            is "invalid_client"
                or "unauthorized_client"
                or "invalid_scope"
                or "invalid_target"
                or "invalid_grant"
                or "unsupported_grant_type"
                or "invalid_request"
                or "consent_required"
                or "interaction_required"
                or "temporarily_unavailable"
                or "server_error"
            ? error
            : null;

    private static string? TextOf(TokenResponse response, string name) =>
        response.Json is { ValueKind: JsonValueKind.Object } json
        && json.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static TimeSpan? PauseOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { Ticks: > 0 } pause
            ? TimeSpan.FromTicks(Math.Min(pause.Ticks, s_longestPause.Ticks))
            : null;
}
