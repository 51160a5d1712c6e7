namespace Plimsoll.Engine.Advisories.Library;

/// <summary>What an import makes of a source.</summary>
/// <param name="Before">Records that the library had of it; null where it had nothing of it.</param>
/// <param name="Changed">Records of which anything that is kept is another than before.</param>
/// <param name="Vanished">Records that the library had, and the import does not bring.</param>
public sealed record SourceChange(AdvisorySource Source, int? Before, int Added, int Changed, int Vanished, IReadOnlyList<Rejection> Rejections)
{
    /// <summary>Whether the library has anything of it that it did not have, or had.</summary>
    public bool IsAny => Before is null || Added + Changed + Vanished > 0;

    /// <summary>Whether so much would vanish that the import is hardly whole: more than a tenth.</summary>
    public bool IsLoss => Before is { } before && Vanished > before / 10.0;

    internal static SourceChange Of(NewVolume volume, Volume? before)
    {
        var (records, kept, changed, vanished) = (volume.Records, 0, 0, 0);
        foreach (var (id, hash) in before?.Fingerprints() ?? [])
            if (!records.TryGetValue(id, out var record))
                vanished++;
            else if (kept++ >= 0 && record.Hash != hash)
                changed++;
        return new(volume.Source, before?.Source.Records, records.Count - kept, changed, vanished, volume.Rejections);
    }
}

/// <summary>How an import ended.</summary>
/// <param name="Changes">In the order of kinds and names.</param>
/// <param name="IsWritten">False where a source would lose too much: then the library is what it was, and <see cref="SourceChange.IsLoss"/> says of which.</param>
public sealed record ImportOutcome(IReadOnlyList<SourceChange> Changes, bool IsWritten);
