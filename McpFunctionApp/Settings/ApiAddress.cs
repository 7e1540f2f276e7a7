namespace McpFunctionApp.Settings;

/// <summary>Addresses to which callers' tokens are sent: https, but for this machine and where the form allows http.</summary>
internal static class ApiAddress
{
    /// <returns>Null where a fault was noted that leaves no address.</returns>
    public static Uri? Check(SettingsSection section, string name, string text, bool allowHttp)
    {
        // The text itself is not repeated: an address with a password in it must not reach the log.
        if (HttpAddress.Of(text) is not { } url)
        {
            section.Fault(name, "must be an absolute http or https address.");
            return null;
        }

        if (url.UserInfo.Length > 0)
        {
            section.Fault(name, "must not hold a user name or password: the caller's token is what the API is given.");
        }

        if (!allowHttp && HttpAddress.IsOpen(url))
        {
            section.Fault(
                name,
                $"is not https, and would send callers' tokens unencrypted to {url.Host}. Use https, or set "
                    + $"{section.Path}:AllowHttp to true if the network between is trusted."
            );
        }

        return url;
    }
}
