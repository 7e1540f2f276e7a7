using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Authority;

/// <summary>The line that is left for the audit each time that the authority was asked for a token and gave none.</summary>
public sealed class ExchangeAuditTests
{
    [Fact]
    public async Task It_says_who_got_no_token_for_which_form_and_why()
    {
        await using var rig = await ExchangeRig.StartAsync();
        rig.Tokens.OnSubmit = ExchangeRig.Refuse("invalid_grant", "consent_required");
        var token = rig.Token();
        await rig.Rpc.ListAsync(token, true);
        await rig.Rpc.CallAsync("create_request", Given.Call, token, true);
        var line = Assert.Single(rig.Log.Of(8020));
        Assert.Equal("McpFunctionApp.Callers.Exchange.ExchangeAudit", line.Category);
        var fingerprint = McpFunctionApp.Callers.Caller.FromToken(token, "groups").Fingerprint;
        Assert.Equal(
            $"Caller {fingerprint} got no token for Forms:0: consent_required (the authority answered 400, invalid_grant), "
                + $"subject \"sam\"",
            line.Text.Trim()
        );

        rig.Clock.Advance(TimeSpan.FromSeconds(5));
        rig.Tokens.OnSubmit = ExchangeRig.Refuse("server_error", status: 503);
        await rig.Rpc.ListAsync(token, true);
        Assert.Contains(
            "got no token for Forms:0: unavailable (the authority answered 503)",
            rig.Log.Of(8020).Last().Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_subject_cannot_be_taken_for_the_rest_of_the_line()
    {
        await using var rig = await ExchangeRig.StartAsync();
        rig.Tokens.OnSubmit = ExchangeRig.Refuse("invalid_grant");
        await rig.Rpc.ListAsync(
            SigningKey.Rsa.Sign(
                rig.Authority.Payload(rig.Clock.GetUtcNow())
                    .Replace("\"sam\"", "\"a\\\", subject \\\"root\\nadmin\"", StringComparison.Ordinal)
            ),
            true
        );
        var text = Assert.Single(rig.Log.Of(8020)).Text.Trim();
        Assert.DoesNotContain('\n', text);
        Assert.DoesNotContain("subject \"root", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_given_leaves_none()
    {
        await using var rig = await ExchangeRig.StartAsync();
        await rig.Rpc.ListAsync(rig.Token(), true);
        Assert.Empty(rig.Log.Of(8020));
    }
}
