using System.Net.Http.Headers;

namespace McpFunctionApp.Sample;

/// <summary>The personas of the sample form API, each with a form of its own.</summary>
public static class SampleCallers
{
    private const string Forms = "McpFunctionApp.Sample.Forms.";

    public static IReadOnlyList<SampleCaller> All { get; } =
    [
        new("test-token-user-a", "user A", "Subject (required), Requester, Description", Forms + "user-a.json"),
        new("test-token-user-b", "user B", "Subject (required), Priority (low, medium, high), Category", Forms + "user-b.json"),
        new(
            "test-token-technician",
            "technician",
            "the full IT service desk form: 77 fields, 9 of them required",
            Forms + "technician.json"
        ),
    ];

    internal static SampleCaller? Find(HttpRequest request)
    {
        // Two headers are nobody: guessing which of them counts would answer with the wrong form.
        if (
            request.Headers.Authorization is not [{ } header]
            || !AuthenticationHeaderValue.TryParse(header, out var credentials)
            || !string.Equals(credentials.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
        )
        {
            return null;
        }

        return All.FirstOrDefault(caller => string.Equals(caller.Token, credentials.Parameter, StringComparison.Ordinal));
    }
}
