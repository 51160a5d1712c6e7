using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Reports;

/// <summary>What changed from one image to another. Bytes are uncompressed.</summary>
/// <param name="SharedLayers">Layers from the bottom up that both have.</param>
/// <param name="Files">Those that came, went or changed, the most bytes first; null where the files of an image are not known any more.</param>
public sealed record Comparison(
    ComparedImage Base,
    ComparedImage Head,
    int SharedLayers,
    IReadOnlyList<FileChange>? Files,
    IReadOnlyList<Finding> NewFindings,
    IReadOnlyList<Finding> FixedFindings,
    IReadOnlyList<SecretReport> NewSecrets,
    IReadOnlyList<SecretReport> FixedSecrets,
    IReadOnlyList<PackageChange> Packages)
{
    /// <summary>Files that stand behind the last of <see cref="Files"/>.</summary>
    public int MoreFiles { get; init; }

    /// <summary>The same with no more than so many files.</summary>
    public Comparison WithFiles(int most) => Files is null || Files.Count <= most ? this : this with { Files = [.. Files.Take(most)], MoreFiles = Files.Count - most };

    /// <summary>Compares two images, <paramref name="before"/> first.</summary>
    public static Comparison Of(ImageReport before, FileTree? beforeTree, ImageReport after, FileTree? afterTree) => new(
        ComparedImage.Of(before),
        ComparedImage.Of(after),
        before.Layers.Zip(after.Layers).TakeWhile(pair => pair.First.DiffId == pair.Second.DiffId).Count(),
        beforeTree is null || afterTree is null ? null : FileChange.Between(beforeTree, afterTree),
        [.. after.Findings.ExceptBy(before.Findings.Select(Place), Place)],
        [.. before.Findings.ExceptBy(after.Findings.Select(Place), Place)],
        [.. after.Secrets.ExceptBy(before.Secrets.Select(Place), Place)],
        [.. before.Secrets.ExceptBy(after.Secrets.Select(Place), Place)],
        PackageChange.Between(before.Packages, after.Packages));

    // Lines move and steps of the history are renumbered while the secret stays: the mask tells two values at one place apart, as far as a mask can.
    static (string, string, string) Place(SecretReport secret) => (secret.Rule, secret.Path ?? secret.Location.Split(' ')[^1], secret.Masked);

    // Findings in the configuration have no place but what was seen: a second secret in the environment is a new one.
    static (string, string?) Place(Finding finding) => (finding.Check, finding.Path ?? (finding.Layer is null ? finding.Evidence : null));
}

/// <param name="Waste">Reclaimable bytes.</param>
public sealed record ComparedImage(string? Reference, Digest ConfigDigest, Platform Platform, long Size, int Layers, double Efficiency, long Waste)
{
    internal static ComparedImage Of(ImageReport report) => new(
        report.Image.Reference, report.Image.ConfigDigest, report.Image.Platform, report.Image.Size, report.Layers.Count, report.Waste.Efficiency,
        report.Waste.ReclaimableBytes);
}

/// <param name="Before">Bytes; null where the file is new.</param>
/// <param name="After">Bytes; null where the file is gone.</param>
public sealed record FileChange(string Path, long? Before, long? After)
{
    /// <summary>By how many bytes the image grew here.</summary>
    public long Growth => (After ?? 0) - (Before ?? 0);

    // The most bytes first, whether they came or went.
    internal static IReadOnlyList<FileChange> Between(FileTree before, FileTree after)
    {
        var old = before.Files.ToDictionary(file => file.Path, file => file.Entry, StringComparer.Ordinal);
        var changes = new List<FileChange>();
        foreach (var file in after.Files)
            if (!old.Remove(file.Path, out var was))
                changes.Add(new FileChange(file.Path, null, file.Entry.Size));
            else if (Differs(was, file.Entry))
                changes.Add(new FileChange(file.Path, was.Size, file.Entry.Size));
        changes.AddRange(old.Select(gone => new FileChange(gone.Key, gone.Value.Size, null)));
        return [.. changes.OrderByDescending(change => Math.Abs(change.Growth)).ThenBy(change => change.Path, StringComparer.Ordinal)];
    }

    static bool Differs(LayerEntry a, LayerEntry b) =>
        (a.Type, a.Mode, a.Uid, a.Gid, a.Size, a.Content, a.LinkTarget) != (b.Type, b.Mode, b.Uid, b.Gid, b.Size, b.Content, b.LinkTarget);
}

/// <param name="Before">The version; null where the package is new.</param>
/// <param name="After">The version; null where the package is gone.</param>
public sealed record PackageChange(string Type, string Name, string? Before, string? After)
{
    internal static IReadOnlyList<PackageChange> Between(IReadOnlyList<PackageReport> before, IReadOnlyList<PackageReport> after)
    {
        var (old, now) = (Versions(before), Versions(after));
        return [.. old.Keys.Union(now.Keys).Select(key => new PackageChange(key.Type, key.Name, old.GetValueOrDefault(key), now.GetValueOrDefault(key)))
            .Where(change => change.Before != change.After)
            .OrderBy(change => change.Type, StringComparer.Ordinal).ThenBy(change => change.Name, StringComparer.Ordinal)];
    }

    // A package may be there in several versions.
    static Dictionary<(string Type, string Name), string> Versions(IReadOnlyList<PackageReport> packages) =>
        packages.Where(package => package.Counts).GroupBy(package => (package.Type, package.Name))
            .ToDictionary(group => group.Key, group => string.Join(", ", group.Select(package => package.Version).Distinct().Order(StringComparer.Ordinal)));
}
