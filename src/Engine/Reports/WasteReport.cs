namespace Plimsoll.Engine.Reports;

/// <summary>Bytes that the image carries and nobody can read.</summary>
/// <param name="Efficiency">1 − reclaimable bytes ÷ size; 1 for an empty image. Not dive's score.</param>
/// <param name="ReclaimableBytes">Bytes of every file that is not visible in the final tree.</param>
/// <param name="DuplicateBytes">Bytes of visible files beyond the first of the same content. Not part of the reclaimable bytes.</param>
/// <param name="Files">The hidden files, most bytes first.</param>
/// <param name="Omitted">What stands behind the last of <paramref name="Files"/>; null when nothing was left out.</param>
public sealed record WasteReport(
    double Efficiency,
    long ReclaimableBytes,
    long DuplicateBytes,
    IReadOnlyList<HiddenFile> Files,
    IReadOnlyList<DuplicateFile> Duplicates,
    OmittedFiles? Omitted,
    DiveScore Dive);

/// <param name="Layer">The layer that added it, 0 for the lowest.</param>
/// <param name="HiddenBy">The layer that overwrote or deleted it.</param>
public sealed record HiddenFile(string Path, long Bytes, int Layer, int HiddenBy, HiddenHow How);

/// <summary>How a file came to be hidden. A metadata copy was replaced by the same content with another owner or mode (<c>chown -R</c>).</summary>
public enum HiddenHow { Overwritten, Deleted, MetadataCopy }

/// <param name="Bytes">What keeping one of them would save.</param>
/// <param name="Paths">At most the first ten.</param>
public sealed record DuplicateFile(long Bytes, int Copies, IReadOnlyList<string> Paths);

public sealed record OmittedFiles(int Count, long Bytes);

/// <summary>The figures of dive (<c>dive/filetree/efficiency.go</c>), so that people can compare.</summary>
/// <param name="Efficiency">Σ smallest ÷ Σ cumulative size over all paths; 1 when empty.</param>
/// <param name="UserWastedPercent">Wasted bytes ÷ size of the layers above the first, from 0 to 1 and beyond; 0 for one layer.</param>
public sealed record DiveScore(double Efficiency, long WastedBytes, double UserWastedPercent);
