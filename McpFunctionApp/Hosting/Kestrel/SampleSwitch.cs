using McpFunctionApp.Settings;
using Microsoft.AspNetCore.Builder;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>Turns the sample form API on at the server's own address.</summary>
internal static class SampleSwitch
{
    public static bool Apply(WebApplicationBuilder builder, SettingsReader settings, IReadOnlyList<BindingAddress> addresses)
    {
        var enabled = SampleSettings.IsEnabled(settings, builder.Environment);
        if (!enabled || SampleSettings.HasForms(builder.Configuration))
        {
            return enabled;
        }

        if (addresses.FirstOrDefault(a => a.Scheme == "http" && !a.IsUnixPipe && a.Port != 0) is { } own)
        {
            SampleSettings.Use(builder.Configuration, AddressOf(own));
        }
        else
        {
            settings.Fault(
                "SampleFormApi:Enabled is true and Forms has no entry, but this server listens on no http address with a "
                    + "fixed port that the sample could be reached at: set Forms:0:Url, or --urls http://localhost:7071."
            );
        }

        return true;
    }

    private static string AddressOf(BindingAddress own)
    {
        var host = own.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : own.Host;
        return $"http://{host}:{own.Port}";
    }
}
