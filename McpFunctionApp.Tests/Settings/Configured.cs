using McpFunctionApp.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tests.Settings;

/// <summary>Reads settings as the product does at its start.</summary>
internal static class Configured
{
    public static SettingsReader Reader(params (string Name, string? Value)[] settings) => new(Configuration(settings));

    /// <summary>Every fault that a start with these settings reports; a working form is configured unless they say
    /// otherwise.</summary>
    public static IReadOnlyList<string> Faults(params (string Name, string? Value)[] settings)
    {
        try
        {
            new ServiceCollection().AddMcpFunctionApp(
                Configuration([("Forms:0:Url", "https://forms.example/form"), .. settings])
            );
            return [];
        }
        catch (SettingsException e)
        {
            Assert.All(e.Faults, fault => Assert.Contains(fault, e.Message, StringComparison.Ordinal));
            return e.Faults;
        }
    }

    /// <summary>The notes on names that no setting has.</summary>
    public static IReadOnlyList<string> Oddities(params (string Name, string? Value)[] settings)
    {
        var services = new ServiceCollection().AddMcpFunctionApp(
            Configuration([("Forms:0:Url", "https://forms.example/form"), .. settings])
        );
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<SettingsReader>().Oddities;
    }

    private static IConfiguration Configuration((string Name, string? Value)[] settings)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in settings)
        {
            values[name] = value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }
}
