using McpFunctionApp.Settings;
using McpFunctionApp.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Storage;

/// <summary>Registers the table store, where <c>TableStorage</c> is set.</summary>
public static class TableStoreSetup
{
    /// <returns>Whether there is a table.</returns>
    public static bool AddTableStore(this IServiceCollection services, SettingsReader settings)
    {
        if (TableAccount.Read(settings) is not { } client)
        {
            return false;
        }

        services.AddSingleton(provider => new TableStore(
            client,
            provider.GetRequiredService<AppMetrics>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        return true;
    }
}
