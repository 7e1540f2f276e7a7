using System.Net;

namespace McpFunctionApp.Callers;

/// <summary>
/// The system's proxy (<c>HTTPS_PROXY</c> and the like) for https alone. What is sent to an http address goes there
/// directly: its proxy would be one more that reads the token.
/// </summary>
public sealed class EncryptedProxy : IWebProxy
{
    public ICredentials? Credentials
    {
        get => HttpClient.DefaultProxy.Credentials;
        set => HttpClient.DefaultProxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.Scheme != Uri.UriSchemeHttps || HttpClient.DefaultProxy.IsBypassed(host);
}
