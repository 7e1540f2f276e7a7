using System.Net;
using System.Text.Json.Nodes;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Administration;

/// <summary>Asks the administrative endpoints as an operator with the key does.</summary>
internal static class AdminHttp
{
    public const string Key = "the-admin-key-of-these-tests";

    public static Dictionary<string, string?> Settings(params (string Name, string? Value)[] others) =>
        others.Append(("Admin:Key", Key)).ToDictionary(setting => setting.Item1, setting => setting.Item2);

    public static async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(
        TestApp app,
        string method,
        string path,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var response = await app.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public static async Task<JsonNode> CacheAsync(TestApp app)
    {
        var (status, body) = await SendAsync(app, "GET", "/cache", ("x-functions-key", Key));
        Assert.Equal(HttpStatusCode.OK, status);
        return body!;
    }

    public static Task<(HttpStatusCode Status, JsonNode? Body)> InvalidateAsync(TestApp app) =>
        SendAsync(app, "DELETE", "/cache", ("x-functions-key", Key));

    public static Task<(HttpStatusCode Status, JsonNode? Body)> DropMineAsync(TestApp app, string? authorization) =>
        SendAsync(app, "DELETE", "/cache/me", authorization is null ? [] : [("Authorization", authorization)]);
}
