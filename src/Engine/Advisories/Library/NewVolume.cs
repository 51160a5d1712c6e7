using Plimsoll.Engine.Advisories.Feeds;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>What an import has of a source so far.</summary>
internal sealed class NewVolume(SourceKind kind, string name, Provenance provenance)
{
    readonly Dictionary<string, int> _rejections = new(StringComparer.Ordinal);

    public SourceKind Kind => kind;

    public Provenance Provenance { get; set; } = provenance;

    /// <summary>By id, each once: the one that was modified last, and of two modified at once the first.</summary>
    public Dictionary<string, SpooledRecord> Records { get; } = new(StringComparer.Ordinal);

    /// <summary>Why records were rejected, and how many for the same reason; the most frequent first.</summary>
    public IReadOnlyList<Rejection> Rejections =>
        [.. _rejections.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new Rejection(pair.Key, pair.Value))];

    public AdvisorySource Source => new(kind, name, Records.Count, _rejections.Values.Sum(), Newest, Provenance);

    // The Go database says of all its records that they were modified in the year 1, which tells nothing.
    DateTimeOffset? Newest => Records.Values.Max(record => record.Modified) is { Year: > 1 } newest ? newest : null;

    public void Add(string id, SpooledRecord record)
    {
        if (!Records.TryGetValue(id, out var known) || record.Modified > known.Modified)
            Records[id] = record;
    }

    /// <summary>Takes over what another library has of the source, but for what is here already and what is gone. Returns how many records.</summary>
    public int Keep(Volume before, IReadOnlyCollection<string> vanished, RecordSpool spool, CancellationToken ct)
    {
        HashSet<string> gone = [.. vanished, .. Records.Keys];
        var kept = 0;
        foreach (var (id, record) in before.Bytes().Where(record => !gone.Contains(record.Id)))
        {
            ct.ThrowIfCancellationRequested();
            Records[id] = spool.Add(record.Span);
            kept++;
        }
        return kept;
    }

    /// <summary>Whether it has every record of a list in the edition that stands there, but for those that cannot be read, and no others.</summary>
    public bool IsAllOf(ModifiedList list) => list.Records.Count == Records.Count + _rejections.Values.Sum()
        && Records.All(record => list.Records.TryGetValue(record.Key, out var modified) && modified == record.Value.Modified);

    public void Reject(string reason) => _rejections[reason] = _rejections.GetValueOrDefault(reason) + 1;
}

/// <param name="At">In the spool.</param>
/// <param name="Hash">Of its bytes.</param>
/// <param name="Cluster">Records of the same are written side by side: they are alike, and asked for together.</param>
internal readonly record struct SpooledRecord(long At, int Length, ulong Hash, DateTimeOffset? Modified, string Cluster);

/// <param name="Reason">As "it …".</param>
public sealed record Rejection(string Reason, int Records);
