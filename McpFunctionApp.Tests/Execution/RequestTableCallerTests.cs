using System.Text.Json.Nodes;
using McpFunctionApp.Storage;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Execution;

/// <summary>Of its caller a row holds the fingerprint and what a JWT says of its bearer, and nothing of the token.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class RequestTableCallerTests(AzuriteServer azurite)
{
    [NodeFact]
    public async Task Subject_and_issuer_of_a_JWT_are_kept()
    {
        var values = (await RecordAsync(Given.Jwt("""{"sub":"sam@example.com","iss":"https://login.example"}"""))).Values;
        Assert.Equal("sam@example.com", values["Subject"]);
        Assert.Equal("https://login.example", values["Issuer"]);
    }

    [NodeFact]
    public async Task An_issuer_alone_is_kept_too()
    {
        var values = (await RecordAsync(Given.Jwt("""{"iss":"https://login.example"}"""))).Values;
        Assert.Equal("https://login.example", values["Issuer"]);
        Assert.DoesNotContain("Subject", values.Keys);
    }

    [NodeFact]
    public async Task Without_a_JWT_there_is_neither()
    {
        var values = (await RecordAsync(Given.Token)).Values;
        Assert.Equal(["At", "Caller", "Part00", "Status", "Tool"], values.Keys.Order(StringComparer.Ordinal));
    }

    [NodeFact]
    public async Task A_subject_of_any_length_and_content_does_no_harm()
    {
        var claims = new JsonObject { ["sub"] = "a\u0000\n\u202E" + new string('x', 5_000), ["iss"] = "\u0007" };
        var values = (await RecordAsync(Given.Jwt(claims.ToJsonString()))).Values;
        Assert.InRange(((string)values["Subject"]).Length, 1, 256);
        Assert.DoesNotContain((string)values["Subject"], char.IsControl);
    }

    [NodeFact]
    public async Task A_subject_that_repeats_a_piece_of_the_token_is_not_kept()
    {
        // The first part of every token of this kind, and so of this one.
        var header = Given.Jwt("{}").Split('.')[0];
        var values = (await RecordAsync(Given.Jwt($$"""{"sub":"{{header}}","iss":"https://login.example"}"""))).Values;
        Assert.DoesNotContain("Subject", values.Keys);
        Assert.Equal("https://login.example", values["Issuer"]);
    }

    /// <summary>Makes a call with this token; nothing in the row, the log or the answer holds a part of it.</summary>
    private async Task<TableRow> RecordAsync(string token)
    {
        await using var app = await RecordingApp.StartAsync(azurite.ConnectionString);
        var answer = await app.CallAsync(token: token);
        Assert.False(answer.IsError);
        var row = Assert.Single(await app.RowsAsync());
        TokenLeaks.AssertNone([.. RecordingApp.Texts(row), answer.Body, .. app.App.Log.Lines.Select(line => line.Text)], [token]);
        return row;
    }
}
