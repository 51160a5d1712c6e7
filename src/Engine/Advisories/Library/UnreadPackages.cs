using System.Collections;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>The packages that a record names, read when somebody asks for them.</summary>
/// <param name="bytes">As the library has them.</param>
internal sealed class UnreadPackages(ReadOnlyMemory<byte> bytes) : IReadOnlyList<AffectedPackage>
{
    // Two threads that ask at once read the same.
    List<AffectedPackage>? _read;

    public int Count => Read().Count;

    public AffectedPackage this[int index] => Read()[index];

    public IEnumerator<AffectedPackage> GetEnumerator() => Read().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Those of them that are wanted, without reading the others.</summary>
    public IReadOnlyList<AffectedPackage> Only(Func<string, string, bool> wanted) => AdvisoryFormat.Packages(bytes.Span, wanted);

    /// <summary>Their ecosystems and names, without reading any.</summary>
    public IReadOnlyList<(string Ecosystem, string Name)> Names()
    {
        var names = new List<(string, string)>();
        AdvisoryFormat.Packages(bytes.Span, (ecosystem, name) =>
        {
            names.Add((ecosystem, name));
            return false;
        });
        return names;
    }

    List<AffectedPackage> Read() => _read ??= AdvisoryFormat.Packages(bytes.Span);
}
