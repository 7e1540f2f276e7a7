using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace McpFunctionApp.Hosting;

/// <summary>How Kestrel serves under either host; in a worker it stands behind the host's proxy.</summary>
internal static class KestrelLimits
{
    public static void Set(KestrelServerOptions options)
    {
        options.AddServerHeader = false;

        // The endpoint has its own limit, which may be higher than Kestrel's.
        options.Limits.MaxRequestBodySize = null;
    }
}
