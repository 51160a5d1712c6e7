using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>A record that is another in a later library.</summary>
/// <param name="TextAlone">
/// Whether only what people read is another, such as its summary or when it was modified: then all packages match as they did. False for one
/// that was added or has vanished.
/// </param>
/// <param name="Packages">The keys (<see cref="PackageKeys"/>) of all packages that either edition names, sorted and each once.</param>
public sealed record RecordChange(string Id, RecordChangeKind Kind, bool TextAlone, IReadOnlyList<string> Packages)
{
    /// <summary>Null where both editions are one.</summary>
    internal static RecordChange? Of(string id, Advisory? before, Advisory? after) => (before, after) switch
    {
        (null, null) => null,
        (null, _) => new(id, RecordChangeKind.Added, false, Keys(after)),
        (_, null) => new(id, RecordChangeKind.Vanished, false, Keys(before)),
        _ when Bytes(before).SequenceEqual(Bytes(after)) => null,
        _ => new(id, RecordChangeKind.Changed, Bytes(WithoutText(before)).SequenceEqual(Bytes(WithoutText(after))), Keys(before, after)),
    };

    static IReadOnlyList<string> Keys(params IEnumerable<Advisory> editions) =>
        [.. editions.SelectMany(PackageKeys.Of).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    // Module streams are read from the summary, and stay.
    static Advisory WithoutText(Advisory advisory) => advisory with { Modified = default, Published = null, Summary = null, Related = [] };

    static byte[] Bytes(Advisory advisory)
    {
        var bytes = new ByteWriter();
        AdvisoryFormat.Write(bytes, advisory);
        return bytes.Written.ToArray();
    }
}

/// <summary>What became of a record.</summary>
public enum RecordChangeKind { Added, Changed, Vanished }
