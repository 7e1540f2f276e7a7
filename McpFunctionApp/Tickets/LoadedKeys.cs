using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace McpFunctionApp.Tickets;

/// <summary>
/// ASP.NET Core's Data Protection over keys that have been read. In services of its own: among the app's it would read
/// its keys at the start, and look for a home folder.
/// </summary>
internal sealed class LoadedKeys : IDisposable
{
    // What every protected text begins with: a fixed number, and the id of the key
    // (https://learn.microsoft.com/aspnet/core/security/data-protection/implementation/authenticated-encryption-details).
    private const uint MagicHeader = 0x09F0C9F0;
    private const int HeaderBytes = 20;

    private readonly ServiceProvider _services;

    public LoadedKeys(IEnumerable<XElement> read, DateTimeOffset readAt)
    {
        Known = new KnownKeys(read);
        ReadAt = readAt;
        _services = new ServiceCollection()
            .AddDataProtection()
            .SetApplicationName("mcp-function-app")
            .Services.Configure<KeyManagementOptions>(options => options.XmlRepository = Known)
            .BuildServiceProvider();
    }

    public KnownKeys Known { get; }

    public DateTimeOffset ReadAt { get; }

    /// <summary>Where there is no key to seal with, makes one now, and not in the middle of several calls.</summary>
    public void MakeKey() => Protect(nameof(MakeKey), []);

    public byte[] Protect(string purpose, byte[] data) => For(purpose).Protect(data);

    /// <returns>Null for what was not sealed with one of these keys for this purpose, or was changed since.</returns>
    public byte[]? Unprotect(string purpose, byte[] data)
    {
        try
        {
            return For(purpose).Unprotect(data);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <returns>The id of the key that something says it was sealed with; null where it says none.</returns>
    public static Guid? KeyOf(ReadOnlySpan<byte> data) =>
        data.Length > HeaderBytes && BinaryPrimitives.ReadUInt32BigEndian(data) == MagicHeader
            ? new Guid(data[4..HeaderBytes])
            : null;

    public void Dispose() => _services.Dispose();

    private IDataProtector For(string purpose) =>
        _services.GetRequiredService<IDataProtectionProvider>().CreateProtector("McpFunctionApp.Asking", purpose);
}
