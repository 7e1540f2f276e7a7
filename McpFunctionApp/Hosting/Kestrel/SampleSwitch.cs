using McpFunctionApp.Sample;
using McpFunctionApp.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>
/// Turns the sample form API on: in Development, or by <c>SampleFormApi:Enabled</c>. Where no form is configured,
/// the sample's form becomes the one that is served, and where no Elasticsearch is either, the sample's search.
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
            var address = AddressOf(own);
            builder.Configuration.AddInMemoryCollection(SampleForm(address));

            // Search has no AllowHttp: a server that listens on another address than this machine's has no sample search.
            if (string.IsNullOrWhiteSpace(builder.Configuration["Elasticsearch:Url"]) && Loopback.Is(new Uri(address)))
            {
                builder.Configuration.AddInMemoryCollection(SampleSearch(address, builder.Configuration["Elasticsearch:AllowAnonymous"]));
            }
        }
        else
        {
            settings.Fault("SampleFormApi:Enabled is true and Forms has no entry, but this server listens on no http address with a fixed port that the sample could be reached at: set Forms:0:Url, or --urls http://localhost:7071.");
        }

        return true;
    }

    private static string AddressOf(BindingAddress own)
    {
        var host = own.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : own.Host;
        return $"http://{host}:{own.Port}";
    }

    private static Dictionary<string, string?> SampleForm(string address) => new()
    {
        ["Forms:0:Url"] = $"{address}/sample/form",
        ["Forms:0:SubmitUrl"] = $"{address}/sample/requests",
        ["Forms:0:AllowHttp"] = "true",
    };

    /// <summary>Its data is made up, so that everybody may search unless the settings say otherwise. Scores and entities stay as configured.</summary>
    private static Dictionary<string, string?> SampleSearch(string address, string? allowAnonymous) => new()
    {
        ["Elasticsearch:Url"] = $"{address}{SampleElasticsearch.Path}",
        ["Elasticsearch:IndexPrefix"] = SampleElasticsearch.IndexPrefix,
        ["Elasticsearch:ApiKey"] = SampleElasticsearch.ApiKey,
        ["Elasticsearch:Username"] = null,
        ["Elasticsearch:Password"] = null,
        ["Elasticsearch:AllowAnonymous"] = allowAnonymous ?? "true",
    };
}
