using McpFunctionApp.Admission;
using McpFunctionApp.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Hosting;

/// <summary>Says at the start that requests cannot be told apart by their addresses, where the host makes that so.</summary>
internal static partial class AddressNote
{
    public static void WriteTo(IServiceProvider services)
    {
        var permits = services.GetRequiredService<RateLimitOptions>().PermitsPerMinute;
        if (permits > 0 && services.GetRequiredService<EndpointOptions>().ClientAddressHeader is null)
        {
            LogNoAddresses(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(AddressNote).FullName!));
        }
    }

    [LoggerMessage(
        6003,
        LogLevel.Information,
        "Every request shows this machine's own address: there is no allowance per address, only the process's own "
            + "(Endpoint:ClientAddressHeader names the header in which a proxy writes the client's)"
    )]
    private static partial void LogNoAddresses(ILogger logger);
}
