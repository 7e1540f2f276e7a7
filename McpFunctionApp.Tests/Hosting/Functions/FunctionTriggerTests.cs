using McpFunctionApp.Hosting.Functions;

namespace McpFunctionApp.Tests.Hosting.Functions;

/// <summary>The functions as the host will find them: a change here changes addresses that clients use, or who may call them.</summary>
public sealed class FunctionTriggerTests
{
    [Fact]
    public void The_functions_have_these_names_verbs_routes_and_levels() => Assert.Equal(
        [
            "Cache: get,delete cache (Function)",
            "CacheMe: delete cache/me (Anonymous)",
            "Health: get health (Anonymous)",
            "HealthReady: get health/ready (Anonymous)",
            "Mcp: get,post,delete mcp (Anonymous)",
            "ProtectedResource: get .well-known/oauth-protected-resource (Anonymous)",
            "ProtectedResourceMcp: get .well-known/oauth-protected-resource/mcp (Anonymous)",
            "Purge: timer 0 17 * * * *",
            "Requests: get requests (Admin)",
        ],
        FunctionTrigger.All.Select(trigger => trigger.ToString()).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_function_is_public_as_the_worker_needs_it() => Assert.All(FunctionTrigger.All, trigger =>
    {
        Assert.True(trigger.Method.IsPublic);
        Assert.True(trigger.Method.DeclaringType!.IsPublic);
        Assert.Equal(typeof(Task), trigger.Method.ReturnType);
    });

    [Fact]
    public void The_app_holds_nothing_of_the_portable_build() => Assert.DoesNotContain(
        typeof(FunctionApp).Assembly.GetTypes(),
        type => type.Namespace is { } name && (name.StartsWith("McpFunctionApp.Sample", StringComparison.Ordinal)
            || name.EndsWith(".Kestrel", StringComparison.Ordinal) || name.EndsWith(".TableRest", StringComparison.Ordinal)));
}
