namespace Plimsoll.Engine.Advisories.Library;

/// <summary>What an import has of a source so far.</summary>
internal sealed class NewVolume(SourceKind kind, string name, Provenance provenance)
{
    readonly Dictionary<string, int> _rejections = new(StringComparer.Ordinal);

    public SourceKind Kind => kind;

    /// <summary>By id, each once: the one that was modified last, and of two modified at once the first.</summary>
    public Dictionary<string, SpooledRecord> Records { get; } = new(StringComparer.Ordinal);

    /// <summary>Why records were rejected, and how many for the same reason; the most frequent first.</summary>
    public IReadOnlyList<Rejection> Rejections =>
        [.. _rejections.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new Rejection(pair.Key, pair.Value))];

    public AdvisorySource Source => new(kind, name, Records.Count, _rejections.Values.Sum(), Newest, provenance);

    // The Go database says of all its records that they were modified in the year 1, which tells nothing.
    DateTimeOffset? Newest => Records.Values.Max(record => record.Modified) is { Year: > 1 } newest ? newest : null;

    public void Add(string id, SpooledRecord record)
    {
        if (!Records.TryGetValue(id, out var known) || record.Modified > known.Modified)
            Records[id] = record;
    }

    public void Reject(string reason) => _rejections[reason] = _rejections.GetValueOrDefault(reason) + 1;
}

/// <param name="At">In the spool.</param>
/// <param name="Hash">Of its bytes.</param>
/// <param name="Cluster">Records of the same are written side by side: they are alike, and asked for together.</param>
internal readonly record struct SpooledRecord(long At, int Length, ulong Hash, DateTimeOffset? Modified, string Cluster);

/// <param name="Reason">As "it …".</param>
public sealed record Rejection(string Reason, int Records);
