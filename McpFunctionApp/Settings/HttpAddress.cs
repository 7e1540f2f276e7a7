namespace McpFunctionApp.Settings;

/// <summary>Addresses of http and https, and whether what is sent to them can be read on the way.</summary>
internal static class HttpAddress
{
    /// <returns>Null where the text is no absolute http or https address with a host.</returns>
    public static Uri? Of(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", Host.Length: > 0 } ? url : null;

    /// <summary>Whether anybody on the way could read it: plain http that leaves this machine.</summary>
    public static bool IsOpen(Uri url) => url.Scheme == Uri.UriSchemeHttp && !Loopback.Is(url);
}
