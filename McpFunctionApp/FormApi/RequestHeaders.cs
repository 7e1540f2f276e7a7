using System.Collections.Immutable;
using System.Net.Http.Headers;
using McpFunctionApp.Replies;
using McpFunctionApp.Settings;

namespace McpFunctionApp.FormApi;

/// <summary>
/// The fixed headers of one form's requests (<c>Forms:n:Headers</c>), and the scheme of its tokens. Values may be
/// secrets: neither a fault nor its text shows one.
/// </summary>
[Setting(
    "Forms:0:Scheme",
    "The scheme under which the client's token is sent on: `Apikey`, `Zoho-oauthtoken`, `Basic`",
    Default = "`Bearer`"
)]
[Setting(
    "Forms:0:Headers:{name}",
    "A fixed header of each request to the form API; none that this server sets itself. Never shown",
    Default = "none"
)]
public sealed class RequestHeaders
{
    public const string Bearer = "Bearer";

    // What this server, its HTTP client or its telemetry sets, and what is between two machines alone.
    private static readonly string[] s_own =
    [
        "Authorization",
        "Accept",
        "Accept-Encoding",
        "Idempotency-Key",
        "Host",
        "Connection",
        "Keep-Alive",
        "Transfer-Encoding",
        "TE",
        "Trailer",
        "Upgrade",
        "Expect",
        "Proxy-Authorization",
        "Proxy-Connection",
        "traceparent",
        "tracestate",
        "baggage",
        "Request-Id",
        "Correlation-Context",
    ];

    private readonly ImmutableArray<NamedValue> _headers;

    private RequestHeaders(ImmutableArray<NamedValue> headers) => _headers = headers;

    /// <returns>Null where there are none.</returns>
    public static RequestHeaders? Read(SettingsSection section)
    {
        var headers = section.Pairs("Headers").Where(header => Check(section, header.Name, header.Value)).ToImmutableArray();
        return headers.IsEmpty ? null : new RequestHeaders(headers);
    }

    public static string ReadScheme(SettingsSection section)
    {
        var scheme = section.Text("Scheme") ?? Bearer;
        if (IsToken(scheme))
        {
            return scheme;
        }

        // Somebody may have written the token beside it.
        section.Fault("Scheme", "must be one word such as Bearer, Basic or Apikey, as what the caller's token is sent on.");
        return Bearer;
    }

    public void AddTo(HttpRequestHeaders headers)
    {
        foreach (var (name, value) in _headers)
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }

    public override string ToString() => $"{_headers.Length} headers";

    private static bool Check(SettingsSection section, string name, string value)
    {
        var problem =
            !IsToken(name) ? "is no name of a header."
            : s_own.Contains(name, StringComparer.OrdinalIgnoreCase)
            || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
                ? "is a header that this server sets itself: only others can be fixed."
            : value.Any(c => c is < ' ' or > '~') ? "has a value with characters that a header cannot have: printable ASCII only."
            : null;
        if (problem is not null)
        {
            section.Fault($"Headers:{Quotable.Shorten(name, 64)}", problem);
        }

        return problem is null;
    }

    private static bool IsToken(string text) =>
        text.Length is > 0 and <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c));
}
