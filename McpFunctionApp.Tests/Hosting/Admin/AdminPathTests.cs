using System.Net;
using static McpFunctionApp.Tests.Hosting.Admin.AdminRequests;

namespace McpFunctionApp.Tests.Hosting.Admin;

/// <summary>With the right key, too, only the methods and paths that there are are served.</summary>
public sealed class AdminPathTests(AdminPathTests.Server server) : IClassFixture<AdminPathTests.Server>
{
    [Theory]
    [InlineData("POST", "/cache")]
    [InlineData("PUT", "/cache")]
    [InlineData("PATCH", "/cache")]
    [InlineData("OPTIONS", "/cache")]
    [InlineData("GET", "/cache/me")]
    [InlineData("POST", "/cache/me")]
    [InlineData("POST", "/requests")]
    [InlineData("DELETE", "/requests")]
    [InlineData("POST", "/health")]
    [InlineData("DELETE", "/health/ready")]
    public async Task A_method_that_does_not_exist_is_405(string method, string path)
    {
        Assert.Equal((HttpStatusCode.MethodNotAllowed, ""), await SendAsync(server.App, method, path, [Key]));
    }

    [Theory]
    [InlineData("/cache/you")]
    [InlineData("/requests/1")]
    [InlineData("/health/live")]
    [InlineData("/admin")]
    public async Task A_path_that_does_not_exist_is_404(string path)
    {
        Assert.Equal((HttpStatusCode.NotFound, ""), await SendAsync(server.App, "GET", path, [Key]));
    }

    public sealed class Server() : SharedServer(new() { ["Admin:Key"] = Key });
}
