using McpFunctionApp.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>Where Kestrel will listen: the standard settings win, and only without any of them a default port is used.</summary>
internal static class ListenAddresses
{
    public static void UseDefault(WebApplicationBuilder builder, int port)
    {
        if (Of(builder.Configuration).Count == 0)
        {
            builder.WebHost.UseUrls($"http://localhost:{port}");
        }
    }

    /// <summary>The addresses that can be read; each other one is a fault.</summary>
    public static IReadOnlyList<BindingAddress> Read(IConfiguration configuration, SettingsReader settings)
    {
        var addresses = new List<BindingAddress>();
        foreach (var text in Of(configuration))
        {
            if (Parse(text) is { } address)
            {
                addresses.Add(address);
            }
            else
            {
                settings.Fault(
                    $"urls has '{Replies.Quotable.Shorten(text)}', but a listen address is written as http://localhost:7071."
                );
            }
        }

        return addresses;
    }

    private static BindingAddress? Parse(string text)
    {
        try
        {
            // A port that is no number becomes part of the host, and Kestrel would then listen everywhere on port 80.
            var address = BindingAddress.Parse(text);
            return address.IsUnixPipe || address.Host.StartsWith('[') || !address.Host.Contains(':', StringComparison.Ordinal)
                ? address
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static List<string> Of(IConfiguration configuration)
    {
        var endpoints = configuration
            .GetSection("Kestrel:Endpoints")
            .GetChildren()
            .Select(endpoint => endpoint["Url"])
            .OfType<string>()
            .ToList();
        return endpoints.Count > 0 ? endpoints
            : Split(configuration["urls"]) is { Count: > 0 } urls ? urls
            :
            [
                .. Split(configuration["http_ports"]).Select(port => $"http://*:{port}"),
                .. Split(configuration["https_ports"]).Select(port => $"https://*:{port}"),
            ];
    }

    private static List<string> Split(string? list) =>
        [.. (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
