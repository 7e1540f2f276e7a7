using System.Globalization;
using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Schemas;
using McpFunctionApp.Search;
using McpFunctionApp.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Hosting;

/// <summary>
/// What a server was given to work with, one line each for a person to see at its start. Of addresses the hosts only, and
/// nothing secret.
/// </summary>
internal static class StartFacts
{
    public static IEnumerable<(string Name, string Fact)> Of(IServiceProvider services) =>
        [
            ("Forms", string.Join(", ", services.GetRequiredService<IReadOnlyList<FormOptions>>().Select(Form))),
            ("Sign-in", SignIn(services.GetRequiredService<CallerOptions>())),
            ("Table", Table(services.GetService<SchemaTable>() is not null)),
            ("Search", Search(services.GetService<SearchOptions>())),
            ("Telemetry", Telemetry(services.GetService<TelemetryOptions>())),
        ];

    private static string Form(FormOptions form) =>
        $"{form.Tool} from {form.Url.Authority}{(form.SubmitUrl is null ? " (calls are recorded: there is no SubmitUrl)" : "")}";

    private static string SignIn(CallerOptions callers)
    {
        var mode = callers.SignIn.Mode switch
        {
            CallerMode.Challenge => "everybody is asked to sign in",
            CallerMode.Optional => "whoever sends a refused token is asked to sign in",
            _ => "nobody is asked to sign in",
        };
        var check = callers.Authority is { } authority
            ? $"tokens of {authority.Metadata.Authority} are checked here"
            : "the form API judges tokens";
        // As a text: an enum in the hole would be formatted by code that is compiled for it at every start.
        var word = callers.SignIn.Mode.ToString();
        return $"{mode} (Callers:Mode={word}), {check}";
    }

    private static string Table(bool isThere) =>
        isThere ? "forms and requests are kept in TableStorage" : "none: forms and requests live in memory alone";

    private static string Search(SearchOptions? search)
    {
        if (search is null)
        {
            return "none: Elasticsearch:Url is not set";
        }

        var who = search.AllowAnonymous ? "everybody" : "callers whose token is accepted";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{search.Entities.Count} entity types at {search.Url.Authority}, for {who}"
        );
    }

    private static string Telemetry(TelemetryOptions? telemetry) =>
        telemetry is null ? $"none: {TelemetryOptions.NotSet}" : $"spans, metrics and logs to {telemetry.Where}";
}
