using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using McpFunctionApp.Admission;
using McpFunctionApp.Settings;
using McpFunctionApp.Telemetry;
using Microsoft.Extensions.Primitives;

namespace McpFunctionApp.Hosting.Kestrel;

/// <summary>
/// Guards the administrative endpoints by the header <c>x-functions-key</c>, as a function key does in Azure: compared
/// in constant time, and 404 where no <c>Admin:Key</c> is set, as if there were nothing. An address that has guessed
/// wrong too often is 429, right or wrong, until its minute is over: else guessing would cost nothing.
/// </summary>
/// <param name="addressHeader">Where a proxy writes the client's address; null: there is none.</param>
[Setting(
    "Admin:Key",
    "The key for `/cache` and `/requests`, sent as `x-functions-key`: at least 16 characters. An address that "
        + "sends 30 wrong ones in a minute is 429 until its minute is over. Kestrel only: [Azure "
        + "Functions](azure.md#what-the-functions-host-does-differently) has keys of its own",
    Default = "none: those endpoints answer 404"
)]
internal sealed partial class AdminKey(
    string? key,
    string? addressHeader,
    RefusalLog refusals,
    TimeProvider time,
    ILogger<AdminKey> logger
)
{
    private const int ShortestKey = 16;
    private const int WrongPerMinute = 30;
    private const int LinesPerMinute = 10;

    private readonly byte[]? _expected = key is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(key));
    private readonly Allowances _guesses = new(WrongPerMinute, time);
    private readonly Allowances _lines = new(LinesPerMinute, time, places: 1);

    /// <returns>Null where none is set.</returns>
    public static string? Read(SettingsReader settings)
    {
        var section = settings.Section("Admin");
        var key = section.Text("Key");
        if (key is { Length: < ShortestKey })
        {
            section.Fault("Key", $"has fewer than {ShortestKey} characters and could be guessed: use a long random one.");
        }

        section.NoteUnknown();
        return key;
    }

    public RequestDelegate Guard(RequestDelegate next) =>
        context => Check(context) is { } status ? Refuse(context, status) : next(context);

    /// <returns>The status of the refusal; null where the key is right.</returns>
    private int? Check(HttpContext context)
    {
        if (_expected is null)
        {
            refusals.Note(StatusCodes.Status404NotFound, "There is no Admin:Key.");
            return StatusCodes.Status404NotFound;
        }

        var given = context.Request.Headers["x-functions-key"];
        if (given.Count == 0)
        {
            refusals.Note(StatusCodes.Status401Unauthorized, "The header x-functions-key is missing.");
            return StatusCodes.Status401Unauthorized;
        }

        var address = ClientAddress.Of(context, addressHeader);
        if (_guesses.WaitFor(address) is { Ticks: > 0 } wait)
        {
            refusals.Note(StatusCodes.Status429TooManyRequests, "Too many wrong administrative keys came from there.");
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return StatusCodes.Status429TooManyRequests;
        }

        return Matches(given) ? null : NoteWrong(address);
    }

    private bool Matches(StringValues given) =>
        given is [{ } only] && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(only)), _expected);

    private int NoteWrong(string address)
    {
        _guesses.Take(address);
        if (_lines.Take("") == TimeSpan.Zero)
        {
            LogWrong(address);
        }

        return StatusCodes.Status401Unauthorized;
    }

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    [LoggerMessage(6002, LogLevel.Warning, "A wrong administrative key (x-functions-key) came from {Address}")]
    private partial void LogWrong(string address);
}
