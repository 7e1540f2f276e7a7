using System.Globalization;
using System.Text.RegularExpressions;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Stress;

/// <summary>
/// A form API under stress: each caller's form holds its own field and the version of the moment, and some of the
/// questions go wrong in one of the ways in which questions go wrong.
/// </summary>
internal sealed partial class StressWorld(Crowd crowd)
{
    private int _version;
    private int _faultPercent;

    public int Faults { get; private set; }

    public int NextVersion() => Interlocked.Increment(ref _version);

    public void Serve(FakeFormApi api)
    {
        api.OnForm = context => FaultOr(context, () => FakeFormApi.Json(context, $$"""{"fieldList":[{{FieldsOf(context)}}]}"""));
        api.OnSubmit = context =>
            FaultOr(
                context,
                () =>
                    FakeFormApi.Json(
                        context,
                        $$"""{"id":"{{CrowdMember.RequestIdOf(FakeFormApi.TokenOf(context)!)}}","status":"open"}""",
                        201
                    )
            );
    }

    /// <summary>How many of a hundred questions go wrong from now on.</summary>
    public void Break(int percent) => Volatile.Write(ref _faultPercent, percent);

    /// <summary>The version that a listed form was made from.</summary>
    public static int VersionIn(string body) => int.Parse(Version().Match(body).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>Every number of a caller in a text.</summary>
    public static IEnumerable<string> CallersIn(string body) =>
        Callers().Matches(body).Select(match => match.Groups[1].Value).Distinct();

    private string FieldsOf(HttpContext context) =>
        $$"""{{crowd[FakeFormApi.TokenOf(context)!].Fields}},"""
        + $$"""{"name":"Version","paramName":"version_{{Volatile.Read(ref _version)}}","type":"TextFieldRest"}""";

    private async Task FaultOr(HttpContext context, Func<Task> answer)
    {
        if (Random.Shared.Next(100) >= Volatile.Read(ref _faultPercent))
        {
            await answer();
            return;
        }

        Faults++;
        switch (Random.Shared.Next(6))
        {
            case 0:
                await FakeFormApi.Json(context, "{}", 500);
                break;
            case 1:
                context.Abort();
                break;
            case 2:
                context.Response.Headers.RetryAfter = "3";
                await FakeFormApi.Json(context, "{}", 429);
                break;
            case 3:
                await context.Response.WriteAsync("<html>down for maintenance</html>");
                break;
            case 4:
                await FakeFormApi.Json(context, "{}", 401);
                break;
            default:
                await Task.Delay(50);
                await answer();
                break;
        }
    }

    [GeneratedRegex("version_([0-9]+)")]
    private static partial Regex Version();

    [GeneratedRegex("(?:field_|Field |member_|from )([0-9]{3})")]
    private static partial Regex Callers();
}
