using McpFunctionApp.Callers;
using McpFunctionApp.Settings;

namespace McpFunctionApp.FormApi;

/// <summary>What must hold between the forms' settings and the callers', about whose token a form API is given.</summary>
internal static class TokenRules
{
    public static void Check(SettingsReader settings, IReadOnlyList<FormOptions> forms, CallerOptions callers)
    {
        var section = settings.Section("Callers");
        foreach (var form in forms.Where(form => form.Exchange is not null))
        {
            CheckExchange(settings, form.Exchange!.Section, section);
        }

        if (callers.Client is not null && forms.All(form => form.Exchange is null))
        {
            settings.Oddity("Callers:Client has no effect: no form has an Exchange.");
        }

        if (callers.Authority is { } authority)
        {
            NotePassedOn(settings, forms, authority.Audience, callers);
        }
    }

    private static void CheckExchange(SettingsReader settings, string form, SettingsSection callers)
    {
        if (callers.Text("Authority") is null)
        {
            settings.Fault(
                $"{form}:Exchange needs Callers:Authority and Callers:Audience: only a token that was verified here is ever "
                    + $"given to the authority."
            );
        }

        if (callers.Section("Client").IsEmpty)
        {
            settings.Fault(
                $"{form}:Exchange needs Callers:Client:Id, and exactly one of Callers:Client:Secret, Callers:Client:KeyFile "
                    + $"and Callers:Client:ManagedIdentity: as whom is the authority asked?"
            );
        }
    }

    /// <summary>A token that was issued for one party must not be passed on to another.</summary>
    private static void NotePassedOn(
        SettingsReader settings,
        IReadOnlyList<FormOptions> forms,
        string audience,
        CallerOptions callers
    )
    {
        var others = forms.Where(form => form.Exchange is null && !MayBeTheSame(audience, form.Url, callers)).ToList();
        if (others.Count > 0)
        {
            settings.Oddity(
                $"Tokens are issued for {audience} (Callers:Audience), and are passed on as they are to another party, the "
                    + $"form API of {string.Join(", ", others.Select(form => form.Tool))}. "
                    + "Give those forms tokens of their own (Forms:n:Exchange), or set Callers:Audience to the form API's own."
            );
        }
    }

    private static bool MayBeTheSame(string audience, Uri form, CallerOptions callers)
    {
        if (
            audience == callers.SignIn.Resource
            || (callers.Client is { } client && (audience == client.Id || audience == $"api://{client.Id}"))
        )
        {
            // This server's own name: the form API is the same party only where it is at the same host.
            return callers.SignIn.Resource is { } own && HostOf(own) is { } host && SameHost(host, form);
        }

        // Other names than addresses, such as an id, may be anybody's.
        return HostOf(audience) is not { } named || SameHost(named, form);
    }

    private static bool SameHost(string host, Uri form) => host.Equals(form.Host, StringComparison.OrdinalIgnoreCase);

    private static string? HostOf(string name) =>
        Uri.TryCreate(name, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.Host : null;
}
