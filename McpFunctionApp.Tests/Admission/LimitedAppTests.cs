using System.Net;
using McpFunctionApp.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.Admission;

/// <summary>Tests with an app that lets only so many requests pass in a minute.</summary>
public abstract class LimitedAppTests : ApiTests
{
    protected const string Header = "X-Forwarded-For";

    protected override void ServeForm() => Api.ServeOneCaller();

    /// <summary>Behind a proxy, since all of a test's requests come from this machine; each shows one client unless it says
    /// otherwise.</summary>
    protected async Task<WatchedApp> StartAsync(int permits, params (string Name, string? Value)[] more)
    {
        var settings = SignInApp.Settings(
            "Fallback",
            ("RateLimit:PermitsPerMinute", $"{permits}"),
            ("Endpoint:ClientAddressHeader", Header)
        );
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        var app = await WatchedApp.StartAsync(Api, Clock, settings);
        app.Http.DefaultRequestHeaders.Add(Header, "203.0.113.7");
        return app;
    }

    protected static DefaultHttpContext From(string address) =>
        new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

    protected static async Task<int> CountServedAsync(WatchedApp app, string? token, int tries)
    {
        var served = 0;
        for (var i = 0; i < tries; i++)
        {
            served += (await app.Rpc.ListAsync(token)).Status == HttpStatusCode.OK ? 1 : 0;
        }

        return served;
    }
}
