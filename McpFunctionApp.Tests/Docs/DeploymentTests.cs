using System.Text.RegularExpressions;

namespace McpFunctionApp.Tests.Docs;

public sealed partial class DeploymentTests
{
    private const string Workflow = ".github/workflows/deploy.yml";

    [Theory]
    [InlineData("dotnet publish McpFunctionApp -c Release -o out", "docs/azure.md", ".github/workflows/ci.yml", Workflow)]
    [InlineData("(cd out && zip -qr ../app.zip . -x local.settings.json)", "docs/azure.md", Workflow)]
    [InlineData("az functionapp deployment source config-zip --resource-group ", "docs/azure.md", Workflow)]
    [InlineData("az deployment group what-if --resource-group ", "docs/azure.md", "infra/README.md", Workflow)]
    [InlineData("az deployment group create --resource-group ", "docs/azure.md", "infra/README.md", Workflow)]
    [InlineData(" --name mcp --parameters infra/main.bicepparam", "docs/azure.md", "infra/README.md", Workflow)]
    [InlineData("scripts/smoke ", "docs/azure.md", Workflow)]
    public void The_workflows_run_the_commands_that_the_documents_tell(string command, params string[] files) =>
        Assert.All(files, file => Assert.Contains(command, Repository.Read(file), StringComparison.Ordinal));

    [Fact]
    public void The_workflow_reads_outputs_that_the_Bicep_files_have()
    {
        var outputs = Output().Matches(Repository.Read("infra/main.bicep")).Select(match => match.Groups[1].Value).ToHashSet();
        var read = OutputRead().Matches(Repository.Read(Workflow)).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(read);
        Assert.Empty(read.Except(outputs));
    }

    [Fact]
    public void The_workflow_hands_over_every_environment_variable_that_the_parameters_read()
    {
        var workflow = Repository.Read(Workflow);
        var read = VariablesRead();
        Assert.NotEmpty(read);
        Assert.All(read, name => Assert.Contains($" {name}: ${{{{", workflow, StringComparison.Ordinal));
    }

    [Fact]
    public void The_parameters_have_no_placeholder_that_somebody_would_have_to_edit() =>
        Assert.DoesNotMatch(@"https?://|example\.|TODO|<", WithoutComments(Repository.Read("infra/main.bicepparam")));

    [Fact]
    public void Every_environment_variable_that_the_parameters_read_is_in_the_table()
    {
        var readme = Repository.Read("infra/README.md");
        Assert.All(VariablesRead(), name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Azd_needs_nothing_but_its_own_commands() =>
        Assert.DoesNotContain("hooks", Repository.Read("azure.yaml"), StringComparison.Ordinal);

    [Fact]
    public void Every_action_is_pinned_to_a_commit_and_says_which_version_that_is()
    {
        var used = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, ".github", "workflows"))
            .SelectMany(file => Uses().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .ToList();
        Assert.True(used.Count > 10);
        Assert.All(used, action => Assert.Matches(@"^[\w-]+(/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", action));
        Assert.All(used.GroupBy(action => action.Split('@')[0]), same => Assert.Single(same.Distinct()));
    }

    [Fact]
    public void Only_a_commit_that_CI_has_passed_is_deployed()
    {
        var workflow = Repository.Read(Workflow).ReplaceLineEndings("\n");
        Assert.Contains("  workflow_run:\n    workflows: [CI]\n", workflow, StringComparison.Ordinal);
        Assert.StartsWith("name: CI", Repository.Read(".github/workflows/ci.yml"), StringComparison.Ordinal);
        Assert.Contains("--commit \"$COMMIT\" --status success", workflow, StringComparison.Ordinal);

        // Whatever is checked out is that commit, and every job waits for it.
        var pinned = Regex.Count(workflow, Regex.Escape("ref: ${{ needs.commit.outputs.sha }}"));
        Assert.Equal(Regex.Count(workflow, "uses: actions/checkout@"), pinned);
        Assert.Equal(Regex.Count(workflow, "runs-on:") - 1, Regex.Count(workflow, @"needs: (commit|\[commit, \w+\])\n"));
    }

    [Fact]
    public void Azd_finds_the_function_app_by_the_tag_that_its_service_is_named_after()
    {
        var tag = Tag().Match(Repository.Read("infra/functionapp.bicep")).Groups[1].Value;
        var service = Service().Match(Repository.Read("azure.yaml").ReplaceLineEndings("\n"));
        Assert.Equal(tag, service.Groups[1].Value);
        Assert.True(Repository.Has(service.Groups[2].Value));
    }

    [Fact]
    public void The_deploying_identity_may_hand_out_the_roles_of_the_Bicep_files_and_no_others()
    {
        var roles = Id().Matches(Repository.Read("infra/roles.bicep")).Select(match => match.Value).Order().ToList();
        Assert.NotEmpty(roles);
        Assert.Equal(roles, Id().Matches(Repository.Read("docs/azure.md")).Select(match => match.Value).Order());
    }

    [Fact]
    public void What_if_knows_the_names_of_all_resources() =>
        Assert.DoesNotMatch(@"(?i)name: \w+\.outputs\.", Repository.Read("infra/main.bicep"));

    private static List<string> VariablesRead() =>
        [.. VariableRead().Matches(Repository.Read("infra/main.bicepparam")).Select(match => match.Groups[1].Value)];

    private static string WithoutComments(string text) => Comment().Replace(text, "");

    [GeneratedRegex(@"(?m)^//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^ *- uses: (.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Uses();

    [GeneratedRegex(@"^output (\w+)", RegexOptions.Multiline)]
    private static partial Regex Output();

    [GeneratedRegex(@"\$\(output (\w+)\)")]
    private static partial Regex OutputRead();

    [GeneratedRegex(@"readEnvironmentVariable\('(\w+)'")]
    private static partial Regex VariableRead();

    [GeneratedRegex("'azd-service-name': '([^']+)'")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"^  (\w+):\n    project: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Service();
}
