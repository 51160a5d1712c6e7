using System.IO.Hashing;

namespace Plimsoll.Engine.Packages;

/// <summary>What one file says is installed, and what of it could not be read.</summary>
internal sealed record PackageEvidence(IReadOnlyList<InstalledPackage> Packages, IReadOnlyList<string> Notes)
{
    public static PackageEvidence None { get; } = new([], []);

    /// <summary><see cref="None"/> itself where there is nothing.</summary>
    public static PackageEvidence Of(IReadOnlyList<InstalledPackage> packages, IReadOnlyList<string> notes) => packages.Count == 0 && notes.Count == 0 ? None : new(packages, notes);

    /// <summary>The files that the packages of the operating system own, where this file says so.</summary>
    public IReadOnlyList<OwnedPath> Owned { get; init; } = [];

    /// <summary>Licences by package name, where they stand apart from the package database.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Licences { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>About how many bytes of memory it takes.</summary>
    public long Weight => this == None ? 0 : Packages.Sum(package => package.Weight) + 16L * Owned.Count + TextWeight.Of(Notes) + Licences.Sum(pair => TextWeight.Of(pair.Key) + TextWeight.Of(pair.Value));

    /// <summary>What two readers make of one file.</summary>
    public PackageEvidence And(PackageEvidence other) => this == None ? other : other == None ? this : new([.. Packages, .. other.Packages], [.. Notes, .. other.Notes])
    {
        Owned = [.. Owned, .. other.Owned],
        Licences = other.Licences.Count == 0 ? Licences : new Dictionary<string, IReadOnlyList<string>>(Licences.Concat(other.Licences).DistinctBy(pair => pair.Key)),
    };
}

/// <summary>A path that a package of the operating system owns. A hash stands for the path: there are some hundred thousand of them.</summary>
/// <param name="Hash">XXH3-64 of the path in normal form.</param>
internal readonly record struct OwnedPath(ulong Hash, string Package)
{
    /// <param name="path">With or without a leading slash.</param>
    public static OwnedPath Of(ReadOnlySpan<byte> path, string package) => new(HashOf(path), package);

    public static ulong HashOf(ReadOnlySpan<byte> path) => XxHash3.HashToUInt64(path.StartsWith("./"u8) ? path[2..] : path.TrimStart((byte)'/'));
}
