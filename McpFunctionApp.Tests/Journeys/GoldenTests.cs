using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace McpFunctionApp.Tests.Journeys;

/// <summary>
/// What each sample caller is listed, in both eras, against <c>Golden/CALLER.ERA.json</c>.
/// After an intended change run the tests once with the environment variable <c>UPDATE_GOLDEN=1</c>, which writes the
/// files anew, and read the difference before committing it.
/// </summary>
public sealed class GoldenTests(SampleWorld world) : IClassFixture<SampleWorld>
{
    private static readonly JsonSerializerOptions s_readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Theory]
    [InlineData("user-a", false)]
    [InlineData("user-a", true)]
    [InlineData("user-b", false)]
    [InlineData("user-b", true)]
    [InlineData("technician", false)]
    [InlineData("technician", true)]
    public async Task The_list_of_a_sample_caller_is_its_golden_file(string caller, bool perRequest)
    {
        var answer = await world.App.Rpc.ListAsync($"test-token-{caller}", perRequest);
        var listed = Normalized(answer.Json).ToJsonString(s_readable) + "\n";
        var golden = Path.Combine(
            NodeRig.ProjectDirectory,
            "Golden",
            $"{caller}.{(perRequest ? "2026-07-28" : "handshake")}.json"
        );
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await File.WriteAllTextAsync(golden, listed);
        }

        Assert.True(File.Exists(golden), $"{golden} is missing: run this test with UPDATE_GOLDEN=1 to write it.");
        Assert.Equal(await File.ReadAllTextAsync(golden), listed);
    }

    [Fact]
    public async Task The_technician_is_listed_77_fields_and_9_of_them_as_required_since_three_more_have_defaults()
    {
        var schema = (await world.App.Rpc.ListAsync("test-token-technician")).Tool("create_request")["inputSchema"]!;
        Assert.Equal(77, schema["properties"]!.AsObject().Count);
        Assert.Equal(9, schema["required"]!.AsArray().Count);
    }

    /// <summary>The version changes with each release. The life left (ttlMs) does not change here: the clock stands
    /// still.</summary>
    private static JsonNode Normalized(JsonNode answer)
    {
        if (answer["result"]!["_meta"]?["io.modelcontextprotocol/serverInfo"] is { } server)
        {
            server["version"] = "(any)";
        }

        return answer;
    }
}
