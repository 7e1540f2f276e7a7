using System.Buffers.Text;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using McpFunctionApp.Callers;
using McpFunctionApp.Tests.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace McpFunctionApp.Tests.Properties;

/// <summary>Whatever a request's Authorization headers hold, there is a caller or there is none: never an exception.</summary>
public sealed class CallerPropertyTests
{
    private static readonly Gen<string> s_payload =
        from exp in AnyJson.Value
        from groups in Gen.OneOf(AnyJson.Value, AnyJson.Number)
        from issuer in AnyJson.Value
        from number in AnyJson.Number
        from whole in AnyJson.Value
        from json in Gen.Elements(
            $$"""{"exp":{{exp}},"groups":{{groups}},"iss":{{issuer}},"sub":{{issuer}}}""",
            $$"""{"exp":{{number}},"groups":[{{groups}}]}""",
            whole,
            $"{{\"exp\":{number}",
            ""
        )
        select json;

    private static readonly Gen<string> s_token = Gen.Frequency(
        (4, s_payload.Select(payload => $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.c2ln")),
        (1, s_payload.Select(payload => $"{payload}.{payload}.{payload}")),
        (1, Gen.ArrayOf(Gen.Choose(0, 255)).Select(bytes => $"a.{Base64Url.EncodeToString([.. bytes.Select(b => (byte)b)])}.b")),
        (
            1,
            Gen.ArrayOf(Gen.Elements('a', 'Z', '0', '-', '.', '_', '~', '+', '/', '=', ' ', '\t', '"', 'é', '\0'))
                .Select(characters => new string(characters))
        ),
        (1, AnyJson.Text)
    );

    private static readonly Gen<string[]> s_headers = Gen.Frequency(
        (
            8,
            from scheme in Gen.Elements("Bearer ", "bearer ", "Bearer  ", "Bearer", "Basic ", "", " Bearer ")
            from token in s_token
            select new[] { scheme + token }
        ),
        (1, s_token.ArrayOf())
    );

    [Fact]
    public void Any_header_gives_a_caller_or_none()
    {
        var reader = new CallerReader(CallerOptions.Read(Configured.Reader()));
        var callers = 0;
        Runs.ForAll(
            Arb.From(s_headers),
            31,
            headers =>
            {
                var caller = reader.Read(new HeaderDictionary { ["Authorization"] = new StringValues(headers) });
                if (caller is not null)
                {
                    callers++;
                    Assert.Equal($"bearer {caller.Token}", $"bearer {headers[0][7..].Trim(' ')}");
                    Assert.Equal(caller.Fingerprint[..8], caller.ToString());
                    Assert.DoesNotContain(caller.Groups ?? [], group => group is null);
                    Assert.Equal(caller.ExpiresAt <= DateTimeOffset.UnixEpoch, caller.HasExpired(DateTimeOffset.UnixEpoch));
                }
            },
            runs: 2_000
        );
        Assert.InRange(callers, 500, int.MaxValue);
    }

    [Fact]
    public void Any_token_has_claims_or_none() =>
        Runs.ForAll(
            Arb.From(s_token),
            32,
            token =>
            {
                var claims = JwtClaims.Read(token, "groups");
                Assert.InRange(claims.ExpiresAt ?? DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
                Assert.Equal(claims, JwtClaims.Read(token, "groups") with { Groups = claims.Groups });
            },
            runs: 2_000
        );
}
