using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using McpFunctionApp.Tests.Infrastructure;
using McpFunctionApp.Tests.Journeys;

namespace McpFunctionApp.Tests.Stress;

/// <summary>One of many callers: every one has a form with a single field of its own.</summary>
internal sealed record CrowdMember(int Number, string Token)
{
    public string Field => $"field_{Number:000}";

    public string Fields =>
        $$"""{"name":"Field """
        + $$"""{{Number:000}}","paramName":"{{Field}}","type":"TextFieldRest","required":true,"description":"Only for """
        + $$"""member_{{Number:000}}"}""";

    /// <summary>What the form API calls a request of this caller: the token decides, so that a mix-up shows.</summary>
    public string RequestId => RequestIdOf(Token);

    public static string RequestIdOf(string token) =>
        $"request-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))[..16]}";
}

/// <summary>Many callers and the form API that knows them all.</summary>
internal sealed class Crowd
{
    private readonly Dictionary<string, CrowdMember> _byToken;

    /// <summary>A third each: opaque tokens that share their first 200 characters, short opaque tokens, JWTs that share head and
    /// claims but for one.</summary>
    public Crowd(int count, Random random, DateTimeOffset now)
    {
        var shared = Text(random, 200);
        Members =
        [
            .. Enumerable
                .Range(0, count)
                .Select(n => new CrowdMember(
                    n,
                    (n % 3) switch
                    {
                        0 => shared + Text(random, 40),
                        1 => Text(random, 24),
                        _ => Jwt(n, random, now.AddDays(1)),
                    }
                )),
        ];
        _byToken = Members.ToDictionary(member => member.Token);
        Hunt = new TokenHunt(_byToken.Keys);
    }

    public IReadOnlyList<CrowdMember> Members { get; }

    public TokenHunt Hunt { get; }

    public CrowdMember this[string token] => _byToken[token];

    public void Serve(FakeFormApi api)
    {
        api.ServeByToken(token => _byToken.GetValueOrDefault(token)?.Fields);
        api.OnSubmit = context =>
            FakeFormApi.Json(
                context,
                $$"""{"id":"{{CrowdMember.RequestIdOf(FakeFormApi.TokenOf(context)!)}}","status":"open"}""",
                201
            );
    }

    private static string Text(Random random, int length) =>
        new([.. random.GetItems<char>("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~", length)]);

    private static string Jwt(int number, Random random, DateTimeOffset expires) =>
        string.Join(
            '.',
            Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8),
            Base64Url.EncodeToString(
                Encoding.UTF8.GetBytes(
                    $$"""{"iss":"https://issuer.example","exp":{{expires.ToUnixTimeSeconds()}},"groups":["staff"]"""
                        + $$""","sub":"{{number}}"}"""
                )
            ),
            Text(random, 43).Replace('.', '-').Replace('~', '-')
        );
}
