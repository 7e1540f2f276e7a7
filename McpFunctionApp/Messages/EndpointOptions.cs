using McpFunctionApp.Arguments;
using McpFunctionApp.Replies;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Messages;

/// <summary>The <c>Endpoint</c> settings.</summary>
/// <param name="AllowedOrigins">Web origins that may call beside the same origin, as <see cref="WebOrigin"/> spells them.</param>
/// <param name="MaxRequestBytes">The largest request body that is read.</param>
/// <param name="ClientAddressHeader">Where a proxy that every request passes writes the client's address; null: there is
/// none.</param>
[Setting(
    "Endpoint:AllowedOrigins:0",
    "Web origins that may call, beside the same origin: `https://host[:port]`, an editor's own such as "
        + "`vscode-file://vscode-app`, or `null`, which any page in a sandbox or from a file has",
    Default = "none"
)]
[Setting(
    "Endpoint:AllowedHosts:0",
    "Names by which a server that listens on this machine alone may be called, beside `localhost`: "
        + "`host.docker.internal`, a tunnel's host name. Kestrel only",
    Default = "none"
)]
[Setting("Endpoint:MaxRequestBytes", "Largest request body, in bytes")]
[Setting(
    "Endpoint:IgnoredArguments:0",
    "Arguments that clients add to a call by themselves, and that are left out in silence; these names replace "
        + "the list. A name that the tool lists is never ignored",
    Default = "`wait_for_previous`, `toolCallId`, `tool_call_id`, `task_progress`, `sessionId`, `chatInput`, `action`"
)]
[Setting(
    "Endpoint:MaxBytesInFlight",
    "Bytes of large bodies and answers under way in the process. A request that finds no room waits for 2 "
        + "seconds and is then 503 with `Retry-After`, code `server_busy`; one of at most 16 KiB needs none",
    Default = "an eighth of the memory the process may have, at most 1 GiB"
)]
[Setting(
    "Endpoint:MaxConnections",
    "Connections open at once; a further one is closed. Kestrel only",
    Default = "one for each 256 KiB of the memory the process may have, 256 to 10,000"
)]
[Setting(
    "Endpoint:ClientAddressHeader",
    "The header in which a proxy that every request passes appends the client's address, such as "
        + "`X-Forwarded-For`; its last entry counts",
    Default = "none: the connection's address, where that tells clients apart"
)]
[Setting("Endpoint:Page", "`false` turns off [the page](page.md) at `/`")]
public sealed record EndpointOptions(IReadOnlySet<string> AllowedOrigins, int MaxRequestBytes, string? ClientAddressHeader = null)
{
    private const long Mebibyte = 1_048_576;

    /// <summary>Names by which a server that listens on this machine alone may be called, beside those of this machine.</summary>
    public IReadOnlySet<string> AllowedHosts { get; init; } = new HashSet<string>();

    /// <summary>The bytes of bodies and answers that may be under way in the process.</summary>
    public int MaxBytesInFlight { get; init; } = DefaultBytesInFlight;

    /// <summary>The connections that the server of its own keeps open at once; a further one is closed.</summary>
    public int MaxConnections { get; init; } = DefaultConnections;

    /// <summary>An eighth of the memory that the process may have, but at most 1 GiB: what is thrown away lies about as long
    /// again.</summary>
    private static int DefaultBytesInFlight => (int)Math.Clamp(Memory / 8, 16 * Mebibyte, 1_024 * Mebibyte);

    /// <summary>A connection may hold 128 KiB in the server's buffers, both ways together: they fill half of the
    /// memory.</summary>
    private static int DefaultConnections => (int)Math.Clamp(Memory / (Mebibyte / 4), 256, 10_000);

    private static long Memory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Whether people who open the address in a browser are shown a page.</summary>
    public bool Page { get; init; } = true;

    /// <summary>Arguments that clients add by themselves, and that no tool gets unless it has such a parameter.</summary>
    public IReadOnlySet<string> IgnoredArguments { get; init; } = ArgumentReader.UsuallyIgnored;

    public static EndpointOptions Read(SettingsReader settings)
    {
        var section = settings.Section("Endpoint");
        var origins = ReadOrigins(section);
        var hosts = ReadHosts(section);
        var maxBytes = section.Int("MaxRequestBytes", 1_048_576, 1_024, 104_857_600);
        var options = new EndpointOptions(origins, maxBytes, ReadHeaderName(section))
        {
            AllowedHosts = hosts,
            IgnoredArguments = ReadIgnored(section),
            Page = section.Bool("Page", true),
            MaxBytesInFlight = section.Int("MaxBytesInFlight", DefaultBytesInFlight, (int)Mebibyte, int.MaxValue),
            MaxConnections = section.Int("MaxConnections", DefaultConnections, 1, 1_000_000),
        };
        section.NoteUnknown();
        return options;
    }

    private static HashSet<string> ReadOrigins(SettingsSection section)
    {
        var origins = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, text) in section.List("AllowedOrigins"))
        {
            if (WebOrigin.Read(text) is { } origin)
            {
                origins.Add(origin);
            }
            else
            {
                // The text itself is not repeated: an address with a password in it must not reach the log.
                section.Fault(
                    name,
                    "is no origin: write it as https://host or https://host:port, without a path or wildcard, "
                        + "or as an editor's own (vscode-file://vscode-app, null)."
                );
            }
        }

        return origins;
    }

    private static HashSet<string> ReadHosts(SettingsSection section)
    {
        var hosts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, text) in section.List("AllowedHosts"))
        {
            var host = text.Trim('[', ']');
            if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            {
                section.Fault(
                    name,
                    $"is '{Quotable.Shorten(text)}', but must be the name of a host, such as host.docker.internal, "
                        + "without scheme, port, path or wildcard."
                );
            }
            else
            {
                hosts.Add(host);
            }
        }

        return hosts;
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
            section.Fault(
                "ClientAddressHeader",
                $"is '{Quotable.Shorten(name)}', but must be the name of a header, such as X-Forwarded-For."
            );
        }

        return name;
    }
}
