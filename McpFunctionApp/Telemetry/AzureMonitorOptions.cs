using System.Data.Common;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Telemetry;

/// <summary>An Application Insights resource, by the settings that Azure and its Functions host have for it.</summary>
/// <param name="ConnectionString">As the resource shows it; never shown here.</param>
/// <param name="Ingestion">Where the resource takes telemetry; null where the library knows.</param>
/// <param name="Identity">Who signs in there; null where the connection string is enough.</param>
/// <param name="IsSampled">Whether somebody has chosen a sampler; else every span is sent.</param>
[Setting(
    "APPLICATIONINSIGHTS_CONNECTION_STRING",
    "The Application Insights resource to which telemetry is sent, too, or instead",
    Default = "none"
)]
[Setting(
    "OTEL_TRACES_SAMPLER",
    "Which spans are sent; with a connection string `microsoft.fixed_percentage` or `microsoft.rate_limited`",
    Default = "every span"
)]
[Setting("OTEL_TRACES_SAMPLER_ARG", "The sampler's share, or spans a second", Default = "the sampler's own")]
public sealed record AzureMonitorOptions(string ConnectionString, Uri? Ingestion, AppIdentity? Identity, bool IsSampled)
{
    public const string ConnectionSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string SamplerSetting = "OTEL_TRACES_SAMPLER";
    private const string ArgumentSetting = "OTEL_TRACES_SAMPLER_ARG";
    private const string EndpointKey = "IngestionEndpoint";

    /// <returns>Null where no resource is named, or a fault was noted.</returns>
    public static AzureMonitorOptions? Read(SettingsReader settings)
    {
        var identity = AppIdentity.Read(settings);
        return settings.Text(ConnectionSetting) is { } text ? Read(text, identity, settings) : null;
    }

    public override string ToString() =>
        $"Azure Monitor{(Ingestion is null ? "" : $" at {Ingestion.Authority}")}{(Identity is null ? "" : $" as {Identity}")}";

    /// <returns>Null where it is no list of names and values.</returns>
    internal static DbConnectionStringBuilder? Parse(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // Apart from the above, so that a start without it does not load what reads it.
    private static AzureMonitorOptions? Read(string text, AppIdentity? identity, SettingsReader settings)
    {
        // The text is not repeated: it has the resource's key in it.
        if (Parse(text) is not { } parts || !parts.ContainsKey("InstrumentationKey"))
        {
            settings.Fault(
                $"{ConnectionSetting} must be a connection string of Application Insights, "
                    + $"InstrumentationKey=...;{EndpointKey}=https://..., as the resource shows it."
            );
            return null;
        }

        return new AzureMonitorOptions(text, ReadIngestion(parts, identity, settings), identity, ReadSampler(settings));
    }

    private static Uri? ReadIngestion(DbConnectionStringBuilder parts, AppIdentity? identity, SettingsReader settings)
    {
        if (!parts.TryGetValue(EndpointKey, out var text))
        {
            return null;
        }

        var address = HttpAddress.Of((string)text);
        var isHere = address?.Scheme == Uri.UriSchemeHttp && Loopback.Is(address) && identity is null;
        var isSafe = isHere || address?.Scheme == Uri.UriSchemeHttps;
        if (!isSafe)
        {
            settings.Fault(
                $"The {EndpointKey} of {ConnectionSetting} must be an https address; "
                    + $"http is for this machine, and not with {AppIdentity.Setting}."
            );
        }

        return isSafe ? address : null;
    }

    private static bool ReadSampler(SettingsReader settings)
    {
        var sampler = settings.Text(SamplerSetting);
        var argument = settings.Text(ArgumentSetting);
        if (sampler?.ToLowerInvariant() is not (null or "microsoft.fixed_percentage" or "microsoft.rate_limited"))
        {
            settings.Fault(
                $"{SamplerSetting} must be microsoft.fixed_percentage or microsoft.rate_limited "
                    + $"where {ConnectionSetting} is set: with any other, Azure Monitor does not know how many spans one of "
                    + $"them stands for."
            );
        }
        else if (sampler is not null && argument is null)
        {
            settings.Fault(
                $"{ArgumentSetting} is missing: with {SamplerSetting}={sampler} it says how much is sent, "
                    + "a part such as 0.1 or traces a second."
            );
        }

        return sampler is not null;
    }
}
