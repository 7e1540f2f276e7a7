using System.Buffers.Binary;
using System.Text;

namespace McpFunctionApp.Tests.Telemetry;

/// <summary>One protobuf message, as far as it takes to find names and attributes: the fields by their numbers, in
/// order.</summary>
internal sealed class Protobuf
{
    private readonly List<(int Number, ulong Value, byte[] Bytes)> _fields = [];

    public Protobuf(ReadOnlySpan<byte> message)
    {
        while (!message.IsEmpty)
        {
            var key = Varint(ref message);
            var field = (key & 7) switch
            {
                0 => ((int)(key >> 3), Varint(ref message), Array.Empty<byte>()),
                1 => ((int)(key >> 3), BinaryPrimitives.ReadUInt64LittleEndian(Take(ref message, 8)), []),
                2 => ((int)(key >> 3), 0UL, Take(ref message, (int)Varint(ref message)).ToArray()),
                5 => ((int)(key >> 3), BinaryPrimitives.ReadUInt32LittleEndian(Take(ref message, 4)), []),
                var kind => throw new InvalidDataException($"wire type {kind}"),
            };
            _fields.Add(field);
        }
    }

    public IEnumerable<Protobuf> Messages(int number) => All(number).Select(field => new Protobuf(field.Bytes));

    public byte[] Bytes(int number) => All(number).Select(field => field.Bytes).FirstOrDefault([]);

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    public ulong Number(int number) => All(number).Select(field => field.Value).FirstOrDefault();

    public bool Has(int number) => All(number).Any();

    private IEnumerable<(int Number, ulong Value, byte[] Bytes)> All(int number) =>
        _fields.Where(field => field.Number == number);

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> message, int length)
    {
        var taken = message[..length];
        message = message[length..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = Take(ref message, 1)[0];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
