using System.Net;
using System.Net.Sockets;
using System.Text;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Hosting.Admin;

/// <summary>Requests of an administrator, with one key, none or several.</summary>
internal static class AdminRequests
{
    public const string Key = "kQ7-Zx2_Lm9.Vb4~Rt8+Hs3/Wd6=";

    public static Task<TestApp> StartAsync(FakeFormApi api, string? key) =>
        TestApp.StartAsync(api, null, new() { ["Admin:Key"] = key, ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace" });

    public static async Task<(HttpStatusCode Status, string Body)> SendAsync(
        TestApp app,
        string method,
        string path,
        string[] keys
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var key in keys)
        {
            Assert.True(request.Headers.TryAddWithoutValidation("x-functions-key", key));
        }

        // Kestrel gets the values as lines of their own: HttpClient would join them into one.
        if (keys.Length > 1)
        {
            var answer = await SendRawAsync(
                app,
                string.Join("\r\n", keys.Select(key => $"x-functions-key: {key}")),
                method,
                path
            );
            return (
                (HttpStatusCode)int.Parse(answer.Split(' ')[1], provider: null),
                answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]
            );
        }

        using var response = await app.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static async Task<string> SendRawAsync(TestApp app, string headers, string method = "GET", string path = "/cache")
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, app.Endpoint.Port);
        await client
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n\r\n")
            );
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync();
    }
}
