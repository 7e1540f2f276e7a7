using McpFunctionApp.Hosting;
using McpFunctionApp.Hosting.Kestrel;
using McpFunctionApp.Settings;
using McpFunctionApp.Tests.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace McpFunctionApp.Tests.Docs;

/// <summary>What a start with some settings asks for, and what it says is wrong with them.</summary>
internal sealed record SettingsStart(IReadOnlySet<string> Names, IReadOnlyList<string> Faults)
{
    public static SettingsStart Of(params (string Name, string? Value)[] settings)
    {
        var reader = Configured.Reader(settings);
        AdminKey.Read(reader);
        SampleSettings.IsEnabled(reader, new HostingEnvironment { EnvironmentName = Environments.Production });
        try
        {
            new ServiceCollection().AddMcpFunctionApp(reader);
            return new SettingsStart(reader.Names, []);
        }
        catch (SettingsException e)
        {
            return new SettingsStart(reader.Names, e.Faults);
        }
    }
}
