using System.Buffers.Text;
using System.Text;

namespace McpFunctionApp.Tests.Infrastructure;

/// <summary>Tokens and forms that many tests need.</summary>
public static class Given
{
    public const string Token = "tok.Zq7vXw4mK9rT2pLs8nBd.secret-part";
    public const string OtherToken = "other.Hj3kUe6yFa1cVi5oGxWb.secret-part";

    /// <summary>One required text field and one with two choices.</summary>
    public const string Fields = """
        {"name":"Subject","paramName":"subject","type":"TextFieldRest","required":true},
        {"name":"Priority","paramName":"priority","type":"DropDownFieldRest","options":[{"label":"low","id":1},{"label":"high",
        "id":3}]}
        """;

    public const string Form = $$"""{"fieldList":[{{Fields}}]}""";

    public const string Call = """{"subject":"Printer is on fire","priority":"high"}""";

    /// <summary>A JWT with this end and further claims, unsigned.</summary>
    public static string Jwt(DateTimeOffset expires, string claims = "") =>
        Jwt($$"""{"sub":"sam","exp":{{expires.ToUnixTimeSeconds()}}{{claims}}}""");

    public static string Jwt(string payload) =>
        $"{Base64Url.EncodeToString("""{"alg":"none","typ":"JWT"}"""u8)}."
        + $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";
}
