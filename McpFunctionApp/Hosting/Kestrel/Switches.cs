using McpFunctionApp.Replies;
using McpFunctionApp.Settings;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>
/// The switches of a server of its own: four that stand alone, and any setting with its value, as the standard command
/// line reader takes them (<c>--name value</c>, <c>--name=value</c>, <c>/name value</c>). Pure.
/// </summary>
internal static class Switches
{
    public const string SampleOnly = "--sample-only";
    public const string Check = "--check";

    private const string Help = "--help";
    private const string Version = "--version";

    private static readonly string[] s_own = [Help, Version, SampleOnly, Check];
    private static readonly string[] s_shortHelp = ["-h", "-?", "--?"];

    private static string Usage { get; } =
        """
            Usage: dotnet McpFunctionApp.dll [switches]

              --help                      Shows this.
              --version                   Shows the version.
              --check                     Fetches each form once with the token in MCP_CHECK_TOKEN, and shows what was read.
              --sample-only               Serves the sample form API and the sample search alone, on port 7072.
              --urls ADDRESSES            Where to listen (default http://localhost:7071).
              --environment NAME          Development also serves the sample.
              --Section:Name VALUE        Any setting, such as --Forms:0:Url https://forms.example.com/api/form.

            Settings may also stand in the environment, with '__' for ':' (Forms__0__Url), or in appsettings.json beside the
            program. docs/settings.md lists them.
            """;

    /// <summary>What is printed in place of a start; null where nothing is, and the arguments can be used.</summary>
    /// <exception cref="SettingsException">One sentence for each argument that would be passed over or misread.</exception>
    public static string? Answer(string[] args)
    {
        if (Has(args, Help))
        {
            return Usage;
        }

        if (Has(args, Version))
        {
            return AppVersion.Line;
        }

        ThrowIfFaulty(args);
        return null;
    }

    public static bool Has(string[] args, string name) => args.Any(argument => Name(argument) == name);

    /// <summary>For the standard reader, which would take a switch that stands alone for a name whose value comes next.</summary>
    public static string[] WithoutOwn(string[] args) => [.. args.Where(argument => !s_own.Contains(Name(argument)))];

    private static void ThrowIfFaulty(string[] args)
    {
        var faults = Faults(args).ToList();
        if (faults.Count > 0)
        {
            throw new SettingsException(faults, $"{Environment.NewLine}{Environment.NewLine}{Usage}");
        }
    }

    private static IEnumerable<string> Faults(string[] args)
    {
        for (var place = 0; place < args.Length; place++)
        {
            var name = Name(args[place]);
            if (s_own.Contains(name))
            {
                continue;
            }

            // What follows a name is its value, a path or a negative number too, unless it begins like a name.
            var takesNext = IsName(name) && !name.Contains('=') && place + 1 < args.Length && !IsName(args[place + 1]);
            if (FaultOf(name, Quotable.Shorten(args[place].Split('=', 2)[0]), takesNext) is { } fault)
            {
                yield return fault;
            }

            place += takesNext ? 1 : 0;
        }
    }

    private static string? FaultOf(string name, string shown, bool takesNext)
    {
        var key = (name.StartsWith("--", StringComparison.Ordinal) ? name[2..] : name).Split('=', 2)[0];
        var hasValue = name.Contains('=');
        return !hasValue && !name.StartsWith('-') ? $"'{shown}' belongs to no switch: switches begin with --."
            : !IsKnown(key) ? $"'{shown}' is not a switch.{Suggestion(key.TrimStart('-'))}"
            : !hasValue && !takesNext ? $"'{shown}' has no value: write {shown}=VALUE."
            : null;
    }

    /// <summary>An argument as the standard reader sees it; this app's own switches in their own case.</summary>
    private static string Name(string argument)
    {
        var name = argument.StartsWith('/') ? $"--{argument[1..]}" : argument;
        return s_shortHelp.Contains(name)
            ? Help
            : s_own.FirstOrDefault(own => own.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;
    }

    private static bool IsName(string name) => name.StartsWith("--", StringComparison.Ordinal);

    private static bool IsKnown(string key)
    {
        var top = key.Split(':', 2)[0];
        return SettingNames.IsOfOthers(top) || SettingNames.IsSection(top);
    }

    private static string Suggestion(string key)
    {
        var name = key.Replace("__", ":", StringComparison.Ordinal);
        if (Nearest.Within($"--{name}", s_own, 2) is { } own)
        {
            return $" Nearest: {own}.";
        }

        var parts = name.Split(':', 2);
        var top = Nearest.Within(parts[0], [.. SettingNames.Sections, "urls", "environment"], 2);
        return top is null ? "" : $" Nearest: --{Quotable.Shorten(string.Join(':', [top, .. parts[1..]]))}.";
    }
}
