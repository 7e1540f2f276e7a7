using McpFunctionApp.Arguments;
using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>
/// <c>--check</c>: fetches each form once with the token in <c>MCP_CHECK_TOKEN</c>, and prints its fields, what was left
/// out and why, and what would be submitted for the defaults. Submits nothing.
/// </summary>
internal static class FormCheck
{
    public const string TokenVariable = "MCP_CHECK_TOKEN";

    public static bool IsWanted(string[] args) => Switches.Has(args, Switches.Check);

    /// <param name="token">The caller's, from the environment.</param>
    /// <returns>0 where every form can be offered to the caller, else 1.</returns>
    /// <exception cref="SettingsException">The configuration is faulty, or there is no token.</exception>
    public static async Task<int> RunAsync(string[] args, string? token, TextWriter output, CancellationToken cancellationToken)
    {
        await using var app = Build(args, token, out var caller);
        var check = app.Services;
        var checkedCaller = check.GetService<TokenVerifier>() is { } verifier
            ? await verifier.CheckAsync(caller, cancellationToken)
            : caller;
        if (!checkedCaller.MayBeSentOn)
        {
            await output.WriteLineAsync($"The token is not sent to any form API, because {checkedCaller.Finding}.");
            return 1;
        }

        var forms = check.GetRequiredService<IReadOnlyList<FormOptions>>();
        var reports = await Task.WhenAll(forms.Select(form => CheckAsync(check, form, checkedCaller, cancellationToken)));
        await output.WriteLineAsync(
            string.Join($"{Environment.NewLine}{Environment.NewLine}", reports.Select(report => report.Text))
        );
        return reports.All(report => report.IsOffered) ? 0 : 1;
    }

    private static WebApplication Build(string[] args, string? token, out Caller caller)
    {
        var builder = KestrelApp.CreateBuilder(args);
        builder.Logging.ClearProviders();
        ListenAddresses.UseDefault(builder, 7071);
        var settings = new SettingsReader(builder.Configuration);
        SampleSwitch.Apply(builder, settings, ListenAddresses.Read(builder.Configuration, settings));
        caller = ReadCaller(new CallerReader(CallerOptions.Read(new SettingsReader(builder.Configuration))), token, settings);
        builder.Services.AddMcpFunctionApp(settings);
        return builder.Build();
    }

    private static Caller ReadCaller(CallerReader reader, string? token, SettingsReader settings)
    {
        if (reader.Read(new HeaderDictionary { ["Authorization"] = $"Bearer {token?.Trim()}" }) is { } caller)
        {
            return caller;
        }

        settings.Fault($"{Switches.Check} needs a caller's bearer token in the environment variable {TokenVariable}.");
        return Caller.FromToken("none", "");
    }

    private static async Task<FormReport> CheckAsync(
        IServiceProvider services,
        FormOptions form,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var origin = services.GetRequiredService<ExchangingOrigin>();
        using var claim = origin.Begin();
        var answer = await origin.FetchAsync(form, caller, claim, cancellationToken);
        if (answer.Reason is { } reason)
        {
            return FormReport.OfFailure(form, reason.Word(), answer.Detail, []);
        }

        var reading = await FormReading.OfAsync(
            form.Source,
            answer.Bodies,
            caller,
            services.GetRequiredService<SchemaOptions>().Limits,
            cancellationToken
        );
        if (reading.Schema is not { } schema)
        {
            return FormReport.OfFailure(
                form,
                FallbackReason.Malformed.Word(),
                reading.Problem,
                await AdapterReport.OfAsync(form, answer.Bodies, null, reading, cancellationToken)
            );
        }

        var defaults = services
            .GetRequiredService<ArgumentReader>()
            .Read(schema, JsonElement.Parse("{}"), ArgumentReader.FormMayHaveChanged)
            .Form;
        var content = await form.Source.WriteBodyAsync(defaults, cancellationToken);
        return FormReport.OfForm(
            form,
            reading,
            content,
            await AdapterReport.OfAsync(form, answer.Bodies, defaults, reading, cancellationToken)
        );
    }
}
