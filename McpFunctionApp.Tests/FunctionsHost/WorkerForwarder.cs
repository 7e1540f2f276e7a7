using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace McpFunctionApp.Tests.FunctionsHost;

/// <summary>Sends a request on to the worker and its answer back, with the proxy that the real host has.</summary>
internal sealed class WorkerForwarder(IHttpForwarder forwarder) : IDisposable
{
    private static readonly ForwarderRequestConfig s_config = new() { ActivityTimeout = TimeSpan.FromSeconds(240) };

    private readonly HttpMessageInvoker _client = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        }
    );

    /// <returns>What went wrong on the way, if anything did.</returns>
    public async Task<ForwarderError> ForwardAsync(HttpContext context, Uri worker, string invocationId) =>
        await forwarder.SendAsync(context, $"{worker}", _client, s_config, new Headers(invocationId));

    public void Dispose() => _client.Dispose();

    /// <summary>
    /// The worker finds the invocation by a header, and the client's own view of the request in others, which replace what
    /// came in.
    /// </summary>
    private sealed class Headers(string invocationId) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext,
            HttpRequestMessage proxyRequest,
            string destinationPrefix,
            CancellationToken cancellationToken
        )
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = null;
            Set("x-ms-invocation-id", invocationId);
            Set("X-Forwarded-For", $"{httpContext.Connection.RemoteIpAddress}");
            Set("X-Forwarded-Host", $"{httpContext.Request.Host}");
            Set("X-Forwarded-Proto", httpContext.Request.Scheme);

            void Set(string name, string value)
            {
                proxyRequest.Headers.Remove(name);
                proxyRequest.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
