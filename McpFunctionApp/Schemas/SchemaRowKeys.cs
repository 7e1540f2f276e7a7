using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using McpFunctionApp.Callers;
using McpFunctionApp.FormApi;
using McpFunctionApp.Forms;

namespace McpFunctionApp.Schemas;

/// <summary>Where in the table a caller's form is: a hash of all that the row depends on, settings included.</summary>
internal sealed class SchemaRowKeys(SchemaOptions options, CallerOptions callers)
{
    public SchemaRowKey Of(string generation, FormOptions form, string fingerprint)
    {
        ImmutableArray<object> parts =
        [
            FormCodec.FormatVersion,
            generation,
            fingerprint,
            form.Tool,
            string.Join(' ', form.Addresses.Select(address => address.Url)),
            form.Source.Identity,
            options.Limits,
            callers.GroupsClaim,
        ];
        return new SchemaRowKey(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)))));
    }
}

/// <summary>A row's key within its partition, of which there are 256.</summary>
/// <param name="Row">64 lower-case hex digits.</param>
internal sealed record SchemaRowKey(string Row)
{
    public string Partition => Row[..2];
}
