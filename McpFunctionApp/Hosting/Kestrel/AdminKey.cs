using System.Security.Cryptography;
using System.Text;
using McpFunctionApp.Settings;
using McpFunctionApp.Telemetry;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>
/// Guards the administrative endpoints by the header <c>x-functions-key</c>, as a function key does in Azure: compared
/// in constant time, and 404 where no <c>Admin:Key</c> is set, as if there were nothing.
/// </summary>
internal sealed class AdminKey(string? key)
{
    private readonly byte[]? _expected = key is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public static AdminKey Read(SettingsReader settings)
    {
        var section = settings.Section("Admin");
        var key = section.Text("Key");
        if (key is { Length: < 16 })
        {
            section.Note("Key", "has fewer than 16 characters and could be guessed: use a long random one.");
        }

        section.NoteUnknown();
        return new AdminKey(key);
    }

    public RequestDelegate Guard(RefusalLog refusals, RequestDelegate next) => context =>
    {
        if (Matches(context.Request))
        {
            return next(context);
        }

        var (status, reason) = _expected is null
            ? (StatusCodes.Status404NotFound, "There is no Admin:Key.")
            : (StatusCodes.Status401Unauthorized, "The header x-functions-key is not the Admin:Key.");
        refusals.Note(status, reason);
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private bool Matches(HttpRequest request) =>
        _expected is not null && request.Headers["x-functions-key"] is [{ } given]
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _expected);
}
