using Azure.Identity;
using Duende.IdentityModel.Client;
using McpFunctionApp.Replies;
using McpFunctionApp.Settings;
using McpFunctionApp.Telemetry;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace McpFunctionApp.Callers.Exchange;

/// <summary>
/// Asks the authority for a form API's own token for one caller. Never throws for anything that the authority does: every
/// answer and every failure is an <see cref="ExchangeAnswer"/>.
/// </summary>
public sealed class TokenExchange(
    ClientOptions client,
    AuthorityKeys keys,
    IHttpClientFactory http,
    AppMetrics metrics,
    TimeProvider time
)
{
    private const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";
    private const int MaxSaid = 300;

    // For everything: the authority's metadata, the proof of who this server is, and the question itself.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <param name="caller">One whose token was verified here: nothing else may reach the authority.</param>
    internal async Task<ExchangeAnswer> AskAsync(ExchangeOptions exchange, Caller caller, CancellationToken cancellationToken)
    {
        using var span = AppSpans.Source.StartActivity("token_exchange")?.SetTag(Attributes.TokenOf, exchange.Section);
        var started = time.GetTimestamp();
        var answer = await AskInTimeAsync(exchange, caller, cancellationToken);
        span.End(answer.Failure?.Reason);
        metrics.AuthorityAsked(exchange.Section, answer.Failure?.Reason ?? "ok", time.GetElapsedTime(started));
        return answer;
    }

    private async Task<ExchangeAnswer> AskInTimeAsync(
        ExchangeOptions exchange,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        using var limit = new CancellationTokenSource(s_limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var known = await keys.GetAsync(either.Token);
            return (client.TokenUrl ?? known?.TokenEndpoint) is { } url && IsSafe(url)
                ? await AskAsync(url, known, exchange, caller, either.Token)
                : ExchangeAnswer.Unavailable(
                    "the authority names no token endpoint that can be used",
                    $"{ClientOptions.Section}:TokenUrl"
                );
        }
        catch (AuthenticationFailedException)
        {
            return ExchangeAnswer.Unavailable(
                "Azure gives no token for this server's managed identity",
                $"{ClientOptions.Section}:{client.Credential.Setting}"
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ExchangeAnswer.Unavailable("the authority did not answer in time");
        }
    }

    private async Task<ExchangeAnswer> AskAsync(
        string url,
        OpenIdConnectConfiguration? known,
        ExchangeOptions exchange,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        using var request =
            exchange.Grant == ExchangeGrant.TokenExchange ? Exchange(exchange, caller) : OnBehalfOf(exchange, caller);
        request.Address = url;
        request.ClientId = client.Id;
        await client.Credential.AddToAsync(request, known, time.GetUtcNow(), cancellationToken);
        using var invoker = http.CreateClient(AuthorityHttp.TokenClient);
        using var response = request is TokenExchangeTokenRequest exchanging
            ? await invoker.RequestTokenExchangeTokenAsync(exchanging, cancellationToken)
            : await invoker.RequestTokenAsync(request, cancellationToken);
        var answer = ExchangeAnswer.Read(response, caller.Token, exchange, client);
        return answer.Failure is { } failure
            ? ExchangeAnswer.Failed(failure with { Said = Harmless(failure.Said, request, caller) })
            : answer;
    }

    private static TokenExchangeTokenRequest Exchange(ExchangeOptions exchange, Caller caller) =>
        new()
        {
            SubjectToken = caller.Token,
            SubjectTokenType = AccessToken,
            RequestedTokenType = AccessToken,
            Audience = exchange.Audience,
            Resource = exchange.Resource,
            Scope = ScopesOf(exchange),
        };

    private static TokenRequest OnBehalfOf(ExchangeOptions exchange, Caller caller)
    {
        var request = new TokenRequest { GrantType = "urn:ietf:params:oauth:grant-type:jwt-bearer" };
        request.Parameters.Add("assertion", caller.Token);
        request.Parameters.Add("requested_token_use", "on_behalf_of");
        request.Parameters.AddOptional("audience", exchange.Audience);
        request.Parameters.AddOptional("resource", exchange.Resource);
        request.Parameters.AddOptional("scope", ScopesOf(exchange));
        return request;
    }

    private static string? ScopesOf(ExchangeOptions exchange) =>
        exchange.Scopes.Count == 0 ? null : string.Join(' ', exchange.Scopes);

    /// <summary>Metadata that came by https must not lead to where anybody can read along.</summary>
    private static bool IsSafe(string url) => HttpAddress.Of(url) is { } address && !HttpAddress.IsOpen(address);

    /// <summary>What the authority said on one line; nothing where it repeats what it was given.</summary>
    private static string Harmless(string said, ProtocolRequest request, Caller caller)
    {
        string?[] secrets = [caller.Token, request.ClientSecret, request.ClientAssertion?.Value];
        return secrets.OfType<string>().Any(secret => TokenGuard.Repeats(said, secret)) ? "" : Quotable.Shorten(said, MaxSaid);
    }
}
