using System.Text;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Callers;

/// <summary>Settings that name a party by its address, which clients compare letter by letter: it is kept as it is
/// written.</summary>
internal static class WebAddress
{
    /// <returns>Null where the setting is missing or a fault was noted.</returns>
    public static string? Read(SettingsSection section, string name) =>
        section.Text(name) is { } text ? Check(section, name, text) : null;

    public static IReadOnlyList<string> ReadList(SettingsSection section, string name) =>
        [.. section.List(name).Select(entry => Check(section, entry.Name, entry.Value)).OfType<string>()];

    /// <summary>The address of this server without a slash at its end, or the name under which an authority knows it
    /// (<c>api://...</c>, <c>urn:...</c>), as it is written.</summary>
    public static string? ReadIdentifier(SettingsSection section, string name)
    {
        var text = section.Text(name);
        return
            text is not null
            && Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "api" or "urn"
            && uri.Fragment.Length == 0
            && text.All(c => c is > ' ' and <= '~' and not ('"' or '\\'))
            ? text
            : Read(section, name)?.TrimEnd('/');
    }

    /// <summary>An address that people or this server go to, which may have a query.</summary>
    public static string? ReadWithQuery(SettingsSection section, string name)
    {
        if (section.Text(name) is not { } text)
        {
            return null;
        }

        if (
            Ascii.IsValid(text)
            && HttpAddress.Of(text) is { } url
            && !HttpAddress.IsOpen(url)
            && url.UserInfo.Length + url.Fragment.Length == 0
        )
        {
            return text;
        }

        // The text itself is not repeated: an address with a password in it must not reach the log.
        section.Fault(
            name,
            "must be an absolute https address in ASCII (http on this machine only), without user name and fragment."
        );
        return null;
    }

    private static string? Check(SettingsSection section, string name, string text)
    {
        // The text itself is not repeated: an address with a password in it must not reach the log.
        if (
            !Ascii.IsValid(text)
            || HttpAddress.Of(text) is not { } url
            || url.UserInfo.Length + url.Query.Length + url.Fragment.Length > 0
        )
        {
            section.Fault(name, "must be an absolute https address in ASCII, without user name, query and fragment.");
            return null;
        }

        if (HttpAddress.IsOpen(url))
        {
            section.Fault(
                name,
                $"is not https, which anybody on the way to {url.Host} could change: use https (http is fine on this "
                    + $"machine only)."
            );
            return null;
        }

        return text;
    }
}
