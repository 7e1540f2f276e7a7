using System.Text;
using McpFunctionApp.Tests.Infrastructure;

namespace McpFunctionApp.Tests.Fuzz;

/// <summary>Changes a body in its structure, so that it may be no JSON any more, and in its bytes.</summary>
internal sealed class BodyMutator(FuzzDice dice)
{
    public string Restructured(string json) =>
        dice.Several(
                4,
                JsonTree.Parse(json),
                tree =>
                {
                    var nodes = tree.All().ToList();
                    var node = dice.Any(nodes);
                    switch (dice.Next(9))
                    {
                        case 0 or 1:
                            node.Become(Value());
                            break;
                        case 2 when node.Members is { Count: > 0 } members:
                            members.RemoveAt(dice.Next(members.Count));
                            break;
                        case 3 when node.Members is { Count: > 0 } members:
                            members.Insert(dice.Next(members.Count + 1), dice.Any(members));
                            break;
                        case 4 when node.Members is { Count: > 0 } members:
                            var at = dice.Next(members.Count);
                            members[at] = (Key(), members[at].Value);
                            break;
                        case 5 when node.Members is { } members:
                            members.Insert(dice.Next(members.Count + 1), (Key(), JsonTree.Leaf(Value())));
                            break;
                        case 6:
                            node.Become(Wrapped(node.ToString()));
                            break;
                        case 7:
                            node.Become(dice.Any(nodes).ToString());
                            break;
                        default:
                            (node.Entries ?? []).Add(JsonTree.Leaf(Value()));
                            break;
                    }

                    return tree;
                }
            )
            .ToString();

    public byte[] Scrambled(byte[] body)
    {
        var at = dice.Next(body.Length + 1);
        var length = Math.Min(body.Length - at, dice.Next(1, 12));
        return dice.Next(7) switch
        {
            0 when at < body.Length => [.. body[..at], (byte)(body[at] ^ (1 << dice.Next(8))), .. body[(at + 1)..]],
            1 => [.. body[..at], .. body[(at + length)..]],
            2 => body[..at],
            3 => [.. body[..at], .. body[at..(at + length)], .. body[at..]],
            4 =>
            [
                .. body[..at],
                .. dice.Any<byte[]>([
                    [0xFF],
                    [0xC0, 0xAF],
                    [0xED, 0xA0, 0x80],
                    [0xEF, 0xBB, 0xBF],
                    [0],
                    [0xE2, 0x80, 0xA8],
                    [0x0D, 0x0A],
                ]),
                .. body[at..],
            ],
            5 => [0xEF, 0xBB, 0xBF, .. body],
            _ => [.. body[..at], .. Encoding.UTF8.GetBytes(Value()), .. body[at..]],
        };
    }

    private string Value() =>
        dice.Next(20) switch
        {
            0 when dice.KeepsToken => $"\"{Token()}\"",
            1 => $"\"{new string('x', dice.Next(20_000))}\"",
            2 => new string('[', 70) + new string(']', 70),
            3 => new string('9', dice.Next(1, 5_000)),
            4 => string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "1" + new string('}', 60),
            5 => $"\"{Convert.ToBase64String(BitConverter.GetBytes(dice.Next64()))}\"",
            6 => $"[{string.Join(',', Enumerable.Repeat(dice.Any(FuzzJson.Values), dice.Next(200)))}]",
            _ => dice.Any(FuzzJson.Values),
        };

    private string Key() => dice.KeepsToken && dice.Chance(4) ? $"\"{Token()}\"" : dice.Any(FuzzJson.Keys);

    /// <summary>The token, or with characters in it that nobody sees.</summary>
    private string Token() =>
        dice.Chance(70)
            ? Given.Token
            : Given.Token.Insert(dice.Next(Given.Token.Length), dice.Any<string>(["\\u200b", "\\u0000", " ", "\\ufe0f"]));

    private string Wrapped(string json)
    {
        var depth = dice.Chance(80) ? 1 : dice.Next(2, 70);
        return dice.Chance(50)
            ? new string('[', depth) + json + new string(']', depth)
            : string.Concat(Enumerable.Repeat($"{{{dice.Any(FuzzJson.Keys)}:", depth)) + json + new string('}', depth);
    }
}
