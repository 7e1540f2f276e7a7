using System.Buffers;

namespace McpFunctionApp.Callers;

/// <summary>
/// Finds the caller of a request: exactly one <c>Authorization</c> header of the form <c>Bearer b64token</c>
/// (RFC 6750, section 2.1). Anything else is no caller, never a guess at one.
/// </summary>
public sealed class CallerReader(CallerOptions options)
{
    private const string Scheme = "Bearer ";

    private static readonly SearchValues<char> s_tokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/"
    );

    public Caller? Read(IHeaderDictionary headers)
    {
        var authorization = headers.Authorization;
        return authorization.Count == 1 && TokenOf(authorization[0]) is { } token
            ? Caller.FromToken(token, options.GroupsClaim)
            : null;
    }

    private static string? TokenOf(string? header)
    {
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var token = header.AsSpan(Scheme.Length).Trim(' ');
        var body = token.TrimEnd('=');
        return body.Length > 0 && !body.ContainsAnyExcept(s_tokenCharacters) ? token.ToString() : null;
    }
}
