using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace McpFunctionApp.Tickets;

/// <summary>
/// The keys that a ring was made with, and those that it has made since. Data Protection asks for them in the middle of
/// its work, where nobody can wait for a table: they are read before, and new ones written after.
/// </summary>
internal sealed class KnownKeys(IEnumerable<XElement> read) : IXmlRepository
{
    private readonly Lock _gate = new();
    private readonly List<XElement> _all = [.. read];
    private readonly List<XElement> _unwritten = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_gate)
        {
            return [.. _all.Select(element => new XElement(element))];
        }
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_gate)
        {
            _all.Add(new XElement(element));
            _unwritten.Add(new XElement(element));
        }
    }

    /// <summary>Those that were made here, and are still to be written.</summary>
    public IReadOnlyList<XElement> Unwritten()
    {
        lock (_gate)
        {
            return [.. _unwritten];
        }
    }

    public void MarkWritten(XElement element)
    {
        lock (_gate)
        {
            _unwritten.Remove(element);
        }
    }

    public bool Has(Guid key)
    {
        lock (_gate)
        {
            return _all.Exists(element => IdOf(element) == key);
        }
    }

    public static Guid? IdOf(XElement element) => Guid.TryParse(element.Attribute("id")?.Value, out var id) ? id : null;

    /// <summary>When the key is used no longer to seal anything new.</summary>
    public static DateTimeOffset? EndOf(XElement element) =>
        DateTimeOffset.TryParse(
            element.Element("expirationDate")?.Value,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var end
        )
            ? end
            : null;
}
