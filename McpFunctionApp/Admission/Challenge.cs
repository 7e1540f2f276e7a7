using System.Text.Json.Nodes;
using McpFunctionApp.Callers;
using McpFunctionApp.Replies;
using ModelContextProtocol.Protocol;

namespace McpFunctionApp.Admission;

/// <summary>How a caller is asked to sign in, with 401, or to sign in for more, with 403 (RFC 6750, section 3; RFC 9728, section
/// 5.1).</summary>
/// <param name="Error">Only where a token was sent: <c>invalid_token</c> or <c>insufficient_scope</c>.</param>
/// <param name="Code">The same for the message's sender, one of this server's own codes.</param>
/// <param name="Message">Fixed text without quotes and backslashes, since it is quoted in the header.</param>
public sealed record Challenge(string? Error, string Code, string Message)
{
    /// <summary>Whether the token is in order, and does not permit what it is sent for.</summary>
    public bool LacksScope { get; init; }

    /// <summary>The value of <c>WWW-Authenticate</c>.</summary>
    /// <param name="metadataUrl">Where clients find out about signing in; null where this server's own address is not
    /// known.</param>
    public string Header(string? metadataUrl, IReadOnlyList<string> scopes) =>
        (
            "Bearer "
            + string.Join(
                ", ",
                new[]
                {
                    Parameter("resource_metadata", metadataUrl),
                    Parameter("scope", scopes.Count == 0 ? null : string.Join(' ', scopes)),
                    Parameter("error", Error),
                    Parameter("error_description", Error is null ? null : Message),
                }.OfType<string>()
            )
        ).TrimEnd();

    /// <summary>Sets the header, and gives what is to be written as the body. Where nobody is asked to sign in, the header says
    /// no more than that a token is needed.</summary>
    public Rejection For(HttpContext context, SignInOptions options, RequestId id)
    {
        context.Response.Headers.WWWAuthenticate =
            options.Mode == CallerMode.Fallback
                ? "Bearer"
                : Header(ProtectedResource.Of(context.Request, options)?.MetadataUrl, ScopesFor(options));
        var status = LacksScope ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized;
        return new Rejection(status, Rejection.InvalidRequest, Message, id, new JsonObject { ["code"] = Code });
    }

    /// <summary>What to ask for, in the words that the authority knows; those of a token where no others are set.</summary>
    private IReadOnlyList<string> ScopesFor(SignInOptions options) =>
        LacksScope && options.Scopes.Count == 0 ? options.RequiredScopes : options.Scopes;

    private static string? Parameter(string name, string? value) => value is null ? null : $"{name}=\"{value}\"";
}
