using McpFunctionApp.Replies;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Adapters;

/// <summary>Finds the adapter that <c>Forms:n:Adapter</c> names: a preset, or a file of at most 1 MiB.</summary>
internal static class AdapterLoader
{
    private const int MaxFileBytes = 1_048_576;

    /// <returns>The file's bytes; null where a fault was noted.</returns>
    public static byte[]? Load(SettingsSection section, string adapter)
    {
        if (AdapterPresets.Find(adapter) is { } preset)
        {
            return preset;
        }

        // A relative path is looked for beside the settings files, that is, beside the assembly.
        var path = Path.GetFullPath(adapter, AppContext.BaseDirectory);
        var isThere = File.Exists(path) || File.Exists(path = Path.GetFullPath(adapter));
        if (!isThere)
        {
            var near = Nearest.IfClose(adapter, AdapterPresets.Names) is [var name] ? $" Nearest: {name}." : "";
            section.Fault(
                "Adapter",
                $"is '{Quotable.Shorten(adapter)}', but that is neither a preset "
                    + $"({string.Join(", ", AdapterPresets.Names)}) nor a file that is there; a relative path is taken from "
                    + $"{AppContext.BaseDirectory} and from the current folder.{near}"
            );
            return null;
        }

        try
        {
            if (new FileInfo(path).Length <= MaxFileBytes)
            {
                return File.ReadAllBytes(path);
            }

            section.Fault(
                "Adapter",
                $"is '{Quotable.Shorten(adapter)}', a file that is larger than {MaxFileBytes / 1_048_576} MiB: an adapter is not."
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            section.Fault("Adapter", $"is '{Quotable.Shorten(adapter)}', a file that cannot be read ({e.GetType().Name}).");
        }

        return null;
    }
}
