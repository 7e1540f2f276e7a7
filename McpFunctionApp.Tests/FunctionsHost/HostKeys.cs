using Microsoft.AspNetCore.Http;

namespace McpFunctionApp.Tests.FunctionsHost;

/// <summary>The keys of the host, and which trigger takes which of them. Pure.</summary>
internal static class HostKeys
{
    public const string Header = "x-functions-key";
    public const string Function = "a-function-key-of-the-host";
    public const string Master = "the-master-key-of-the-host";

    public static bool Admit(string? level, HttpRequest request)
    {
        var given = request.Headers[Header].FirstOrDefault() ?? request.Query["code"].FirstOrDefault();
        return level switch
        {
            "Anonymous" => true,
            "Function" => given is Function or Master,
            _ => given is Master,
        };
    }
}
