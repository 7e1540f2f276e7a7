using McpFunctionApp.FormApi;
using McpFunctionApp.Tests.Settings;

namespace McpFunctionApp.Tests.Adapters;

/// <summary>Settings of one form by the adapter of a service desk, without a fault of their own.</summary>
internal static class DeskSettings
{
    public static readonly (string, string?)[] All =
    [
        ("Forms:0:Url", null),
        ("Forms:0:Adapter", "jira-service-management"),
        ("Forms:0:Values:site", "https://desk.example/jira/"),
        ("Forms:0:Values:serviceDesk", "7"),
        ("Forms:0:Values:requestType", "21"),
    ];

    public static IReadOnlyList<string> Faults(params (string, string?)[] settings) => Configured.Faults([.. All, .. settings]);

    public static FormOptions Read((string, string?)[] settings)
    {
        var reader = Configured.Reader(Last(settings));
        var form = FormOptions.ReadAll(reader)[0];
        reader.ThrowIfFaulty();
        return form;
    }

    private static (string, string?)[] Last((string Name, string? Value)[] settings) =>
        [.. settings.GroupBy(setting => setting.Name).Select(same => same.Last())];
}
