using System.Text;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Callers;

/// <summary>Settings that name a party by its address, which clients compare letter by letter: it is kept as it is written.</summary>
internal static class WebAddress
{
    /// <returns>Null where the setting is missing or a fault was noted.</returns>
    public static string? Read(SettingsSection section, string name) => section.Text(name) is { } text ? Check(section, name, text) : null;

    public static IReadOnlyList<string> ReadList(SettingsSection section, string name) =>
        [.. section.List(name).Select(entry => Check(section, entry.Name, entry.Value)).OfType<string>()];

    private static string? Check(SettingsSection section, string name, string text)
    {
        // The text itself is not repeated: an address with a password in it must not reach the log.
        if (!Ascii.IsValid(text) || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0
            || url.UserInfo.Length + url.Query.Length + url.Fragment.Length > 0)
        {
            section.Fault(name, "must be an absolute https address in ASCII, without user name, query and fragment.");
            return null;
        }

        if (url.Scheme == "http" && !Loopback.Is(url))
        {
            section.Fault(name, $"is not https, which anybody on the way to {url.Host} could change: use https (http is fine on this machine only).");
            return null;
        }

        return text;
    }
}
