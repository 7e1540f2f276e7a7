using McpFunctionApp.Execution;
using McpFunctionApp.Replies;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Endpoint;

/// <summary>The <c>Endpoint</c> settings.</summary>
/// <param name="AllowedOrigins">Web origins that may call beside the same origin, as <c>scheme://host[:port]</c> in lower case.</param>
/// <param name="MaxRequestBytes">The largest request body that is read.</param>
/// <param name="ClientAddressHeader">Where a proxy that every request passes writes the client's address; null: there is none.</param>
public sealed record EndpointOptions(IReadOnlySet<string> AllowedOrigins, int MaxRequestBytes, string? ClientAddressHeader = null)
{
    /// <summary>Arguments that clients add by themselves, and that no tool gets unless it has such a parameter.</summary>
    public IReadOnlySet<string> IgnoredArguments { get; init; } = ArgumentReader.UsuallyIgnored;

    public static EndpointOptions Read(SettingsReader settings)
    {
        var section = settings.Section("Endpoint");
        var origins = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, text) in section.List("AllowedOrigins"))
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out var origin) && origin.Scheme is "http" or "https"
                && origin.AbsolutePath == "/" && origin.Query.Length + origin.Fragment.Length + origin.UserInfo.Length == 0)
            {
                origins.Add(origin.GetLeftPart(UriPartial.Authority));
            }
            else
            {
                // The text itself is not repeated: an address with a password in it must not reach the log.
                section.Fault(name, "is no origin: write it as https://host or https://host:port, without a path or wildcard.");
            }
        }

        var options = new EndpointOptions(origins, section.Int("MaxRequestBytes", 1_048_576, 1_024, 104_857_600), ReadHeaderName(section))
        {
            IgnoredArguments = ReadIgnored(section),
        };
        section.NoteUnknown();
        return options;
    }

    private static IReadOnlySet<string> ReadIgnored(SettingsSection section)
    {
        var names = section.List("IgnoredArguments").Select(entry => entry.Value).ToHashSet(StringComparer.Ordinal);
        return names.Count == 0 ? ArgumentReader.UsuallyIgnored : names;
    }

    private static string? ReadHeaderName(SettingsSection section)
    {
        var name = section.Text("ClientAddressHeader");
        if (name is not null && name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
        {
            section.Fault("ClientAddressHeader", $"is '{Quotable.Shorten(name)}', but must be the name of a header, such as X-Forwarded-For.");
        }

        return name;
    }
}
