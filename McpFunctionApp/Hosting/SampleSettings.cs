using McpFunctionApp.Page;
using McpFunctionApp.Sample.Search;
using McpFunctionApp.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpFunctionApp.Hosting;

/// <summary>
/// The one switch of the sample form API, under every host: <c>SampleFormApi:Enabled</c>, and Development alone. Where no
/// form is configured, the sample's forms become those that are served, and where no Elasticsearch is either, the sample's
/// search.
/// </summary>
[Setting(
    "SampleFormApi:Enabled",
    "Serves the sample form API and the sample search under `/sample`; on Azure Functions on a loopback port of "
        + "their own, which nobody reaches from outside",
    Default = "`true` in Development, else `false`"
)]
internal static class SampleSettings
{
    public static bool IsEnabled(SettingsReader settings, IHostEnvironment environment)
    {
        var section = settings.Section("SampleFormApi");
        var enabled = section.Bool("Enabled", environment.IsDevelopment());
        section.NoteUnknown();
        return enabled;
    }

    public static bool HasForms(IConfiguration configuration) => configuration.GetSection("Forms").GetChildren().Any();

    /// <summary>The page and the banner show the sample's tokens where they work: where a form of the sample is offered, and is
    /// not only served beside others.</summary>
    public static void MarkWhereOffered(IHostApplicationBuilder builder)
    {
        var forms = builder.Configuration.GetSection("Forms").GetChildren();
        if (forms.Any(form => Uri.TryCreate(form["Url"], UriKind.Absolute, out var url) && url.Segments is [_, "sample/", ..]))
        {
            builder.Services.AddSingleton<Demonstration>();
        }
    }

    /// <param name="address">Where this process serves the sample: scheme, host and port.</param>
    public static void Use(IConfigurationManager configuration, string address)
    {
        configuration.AddInMemoryCollection(Forms(address));

        // Search has no AllowHttp: a server that listens on another address than this machine's has no sample search.
        if (string.IsNullOrWhiteSpace(configuration["Elasticsearch:Url"]) && Loopback.Is(new Uri(address)))
        {
            configuration.AddInMemoryCollection(Search(address, configuration["Elasticsearch:AllowAnonymous"]));
        }
    }

    private static Dictionary<string, string?> Forms(string address) =>
        new()
        {
            ["Forms:0:Url"] = $"{address}/sample/form",
            ["Forms:0:SubmitUrl"] = $"{address}/sample/requests",
            ["Forms:0:AllowHttp"] = "true",
            ["Forms:1:Tool"] = "create_change_request",
            ["Forms:1:Title"] = "Create change request",
            ["Forms:1:Description"] =
                "Creates a request for a change of a system. Fill in the required fields; use the listed values exactly as "
                + "they are written.",
            ["Forms:1:Url"] = $"{address}/sample/change",
            ["Forms:1:SubmitUrl"] = $"{address}/sample/changes",
            ["Forms:1:AllowHttp"] = "true",
            ["Forms:2:Tool"] = "create_access_request",
            ["Forms:2:Title"] = "Create access request",
            ["Forms:2:Description"] =
                "Creates a request for access to a system. Fill in the required fields; use the listed values exactly as "
                + "they are written.",
            ["Forms:2:Adapter"] = "Sample/access-request.json",
            ["Forms:2:Values:site"] = address,
            ["Forms:2:Values:catalog"] = "it",
            ["Forms:2:AllowHttp"] = "true",
        };

    /// <summary>Its data is made up, so that everybody may search unless the settings say otherwise. Scores and entities stay as
    /// configured.</summary>
    private static Dictionary<string, string?> Search(string address, string? allowAnonymous) =>
        new()
        {
            ["Elasticsearch:Url"] = $"{address}{SampleElasticsearch.Path}",
            ["Elasticsearch:IndexPrefix"] = SampleElasticsearch.IndexPrefix,
            ["Elasticsearch:ApiKey"] = SampleElasticsearch.ApiKey,
            ["Elasticsearch:Username"] = null,
            ["Elasticsearch:Password"] = null,
            ["Elasticsearch:AllowAnonymous"] = allowAnonymous ?? "true",
        };
}
