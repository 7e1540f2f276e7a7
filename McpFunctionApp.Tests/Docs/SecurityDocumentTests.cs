using System.Reflection;
using System.Text.RegularExpressions;

namespace McpFunctionApp.Tests.Docs;

public sealed partial class SecurityDocumentTests
{
    private static readonly string s_text = File.ReadAllText(Path.Combine(NodeRig.ProjectDirectory, "..", "docs", "security.md"));

    [Fact]
    public void Every_test_that_it_names_exists()
    {
        var tests = typeof(SecurityDocumentTests)
            .Assembly.GetTypes()
            .SelectMany(type =>
                type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
                    .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
                    .Select(method => $"{type.Name}.{method.Name}")
            )
            .ToHashSet();
        var named = TestName().Matches(s_text).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(tests));
    }

    [Fact]
    public void Every_threat_but_a_plain_fact_has_a_test()
    {
        var threats = s_text[s_text.IndexOf("## Threats", StringComparison.Ordinal)..]
            .Split("\n\n")
            .Where(part => part.StartsWith("**", StringComparison.Ordinal))
            .ToList();
        Assert.True(threats.Count > 8);
        Assert.All(threats, threat => Assert.Matches(TestName(), threat));
    }

    [GeneratedRegex(@"`([A-Z]\w+Tests\.\w+)`")]
    private static partial Regex TestName();
}
