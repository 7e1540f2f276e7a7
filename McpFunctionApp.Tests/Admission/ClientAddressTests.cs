using System.Net;
using McpFunctionApp.Admission;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace McpFunctionApp.Tests.Admission;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2::/64")]
    [InlineData("::1", "::/64")]
    public void A_connections_address_is_an_IPv4_one_or_the_network_of_an_IPv6_one(string connection, string expected) =>
        Assert.Equal(expected, ClientAddress.Of(Context(connection), null));

    [Theory]
    [InlineData("127.0.0.1", null)]
    [InlineData("127.8.8.8", null)]
    [InlineData("::1", null)]
    [InlineData("::ffff:127.0.0.1", null)]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    public void This_machines_own_address_tells_nobody_apart(string connection, string? expected)
    {
        Assert.Equal(expected, ClientAddress.Find(Context(connection), null));
        Assert.Equal(expected, ClientAddress.Find(Context("203.0.113.77", connection), "X-Forwarded-For"));
        Assert.Null(ClientAddress.Find(new DefaultHttpContext(), null));
    }

    [Fact]
    public void A_connection_without_an_address_has_one_name() =>
        Assert.Equal("unknown", ClientAddress.Of(new DefaultHttpContext(), null));

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("1.1.1.1, 203.0.113.9", "203.0.113.9")]
    [InlineData("1.1.1.1,203.0.113.9:50123", "203.0.113.9")]
    [InlineData("evil, , 203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2::/64")]
    [InlineData("[2001:db8:1:2::1]:443", "2001:db8:1:2::/64")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    public void The_last_entry_of_the_header_is_what_the_proxy_saw(string header, string expected) =>
        Assert.Equal(expected, ClientAddress.Of(Context("10.0.0.1", header), "X-Forwarded-For"));

    [Fact]
    public void Of_several_headers_the_last_one_counts() =>
        Assert.Equal(
            "203.0.113.9",
            ClientAddress.Of(Context("10.0.0.1", new StringValues(["1.1.1.1", "2.2.2.2, 203.0.113.9"])), "X-Forwarded-For")
        );

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("203.0.113.9, ")]
    [InlineData("203.0.113.9, _hidden")]
    public void Without_an_address_in_the_header_the_connections_own_counts(string? header) =>
        Assert.Equal("10.0.0.1", ClientAddress.Of(Context("10.0.0.1", header), "X-Forwarded-For"));

    [Fact]
    public void A_header_that_is_not_configured_is_not_believed() =>
        Assert.Equal("10.0.0.1", ClientAddress.Of(Context("10.0.0.1", "203.0.113.9"), null));

    private static DefaultHttpContext Context(string connection, StringValues header = default)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(connection);
        context.Request.Headers["X-Forwarded-For"] = header;
        return context;
    }
}
