using System.Text;
using McpFunctionApp.Forms;
using McpFunctionApp.Sources;

namespace McpFunctionApp.Tests.Sources;

public sealed class BodyTreeTests
{
    private static string Write(IEnumerable<(string[] Path, string Json)> values, params FixedValue[] unasked)
    {
        var tree = new BodyTree();
        foreach (var (path, json) in values)
        {
            tree.Add([.. path], json);
        }

        tree.Add([.. unasked]);
        return Encoding.UTF8.GetString(tree.Write().Span);
    }

    [Fact]
    public void Values_stand_at_their_paths_in_their_order_and_the_first_of_two_stays() => Assert.Equal(
        """{"b":{"y":1.50,"x":{"z":"é"}},"a":[1],"b.y":2}""",
        Write([(["b", "y"], "1.50"), (["a"], "[1]"), (["b", "x", "z"], "\"é\""), (["b", "y"], "3"), (["b.y"], "2")]));

    [Fact]
    public void What_is_sent_unasked_is_there_always_or_with_its_object()
    {
        FixedValue[] unasked =
        [
            new(["kind"], 0, "\"change\""), new(["must"], 0, "{}"), new(["may", "kind"], 1, "7"), new(["may", "deep"], 1, "{}"), new(["may", "deep", "kind"], 2, "8"),
        ];
        Assert.Equal("""{"kind":"change","must":{}}""", Write([], unasked));
        Assert.Equal("""{"may":{"x":1,"kind":7,"deep":{}},"kind":"change","must":{}}""", Write([(["may", "x"], "1")], unasked));
        Assert.Equal("""{"may":{"deep":{"y":1,"kind":8},"kind":7},"must":{"z":1},"kind":"change"}""", Write([(["may", "deep", "y"], "1"), (["must", "z"], "1")], unasked));
    }
}
