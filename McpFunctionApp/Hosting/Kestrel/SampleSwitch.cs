using McpFunctionApp.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>
/// Turns the sample form API on: in Development, or by <c>SampleFormApi:Enabled</c>. Where no form is configured,
/// the sample's form becomes the one that is served.
/// </summary>
internal static class SampleSwitch
{
    public static bool Apply(WebApplicationBuilder builder, SettingsReader settings, IReadOnlyList<BindingAddress> addresses)
    {
        var section = settings.Section("SampleFormApi");
        var enabled = section.Bool("Enabled", builder.Environment.IsDevelopment());
        section.NoteUnknown();
        if (!enabled || builder.Configuration.GetSection("Forms").GetChildren().Any())
        {
            return enabled;
        }

        if (addresses.FirstOrDefault(a => a.Scheme == "http" && !a.IsUnixPipe && a.Port != 0) is { } own)
        {
            builder.Configuration.AddInMemoryCollection(SampleForm(own));
        }
        else
        {
            settings.Fault("SampleFormApi:Enabled is true and Forms has no entry, but this server listens on no http address with a fixed port that the sample could be reached at: set Forms:0:Url, or --urls http://localhost:7071.");
        }

        return true;
    }

    private static Dictionary<string, string?> SampleForm(BindingAddress own)
    {
        var host = own.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : own.Host;
        var address = $"http://{host}:{own.Port}/sample";
        return new()
        {
            ["Forms:0:Url"] = $"{address}/form",
            ["Forms:0:SubmitUrl"] = $"{address}/requests",
            ["Forms:0:AllowHttp"] = "true",
        };
    }
}
