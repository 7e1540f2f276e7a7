using System.Reflection;
using McpFunctionApp.Hosting.Functions;
using Microsoft.Azure.Functions.Worker;

namespace McpFunctionApp.Tests.Hosting.Functions;

/// <summary>One function of the built assembly, as its attributes declare it.</summary>
/// <param name="Http">The HTTP trigger; null for the timer.</param>
/// <param name="Schedule">The timer's schedule; null for HTTP.</param>
internal sealed record FunctionTrigger(string Name, MethodInfo Method, HttpTriggerAttribute? Http, string? Schedule)
{
    public static IReadOnlyList<FunctionTrigger> All { get; } =
    [
        .. from type in typeof(FunctionApp).Assembly.GetTypes()
           from method in type.GetMethods()
           where method.IsDefined(typeof(FunctionAttribute), inherit: false)
           let trigger = method.GetParameters()[0]
           select new FunctionTrigger(
               method.GetCustomAttribute<FunctionAttribute>()!.Name,
               method,
               trigger.GetCustomAttribute<HttpTriggerAttribute>(),
               trigger.GetCustomAttribute<TimerTriggerAttribute>()?.Schedule),
    ];

    public override string ToString() => Http is { } http
        ? $"{Name}: {string.Join(',', http.Methods ?? [])} {http.Route} ({http.AuthLevel})"
        : $"{Name}: timer {Schedule}";
}
