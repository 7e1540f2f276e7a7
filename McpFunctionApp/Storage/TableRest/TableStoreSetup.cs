using McpFunctionApp.Settings;
using McpFunctionApp.Storage.TableRest;
using McpFunctionApp.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Storage;

/// <summary>Registers the table store of this build, where <c>TableStorage</c> is set.</summary>
public static class TableStoreSetup
{
    private const string Setting = "TableStorage";

    /// <returns>Whether there is a table.</returns>
    public static bool AddTableStore(this IServiceCollection services, SettingsReader settings)
    {
        settings.Section(Setting).NoteChildren("write the account's connection string as TableStorage itself");
        if (settings.Text(Setting) is not { } text)
        {
            return false;
        }

        var faults = new List<string>();
        var connection = TableConnection.Read(text, faults);
        faults.ForEach(fault => settings.Fault($"{Setting} {fault}"));
        if (connection is not null)
        {
            services.AddTableRestHttp().AddSingleton(connection).AddSingleton<TableRestStore>().AddSingleton<ITableStore>(provider => new MeasuredTableStore(
                provider.GetRequiredService<TableRestStore>(), provider.GetRequiredService<AppMetrics>(), provider.GetRequiredService<TimeProvider>()));
        }

        return connection is not null;
    }
}
