using System.Net;
using System.Net.Sockets;

namespace McpFunctionApp.Tests.Hosting;

public sealed class AddressInUseTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task A_port_in_use_is_one_clear_line(string host)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (exitCode, output, errors) = await AppProcess.FailAsync([
            "--urls",
            $"http://{host}:{port}",
            "--Forms:0:Url",
            "https://forms.example/form",
        ]);
        Assert.NotEqual(0, exitCode);
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Contains($"{port}", line, StringComparison.Ordinal);
        Assert.Contains("--urls", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Equal("", output.Trim());
    }
}
