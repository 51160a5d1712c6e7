namespace Plimsoll.Engine.Packages;

/// <summary>Reads the packages that one ecosystem's evidence names. A reader is a function of a path and its bytes.</summary>
internal interface IPackageReader
{
    /// <summary>Whether the file at <paramref name="path"/> (normal form) is evidence of this ecosystem.</summary>
    bool Wants(ReadOnlySpan<byte> path);

    /// <summary>The packages in it. A malformed record is left out with a note; nothing is thrown for bad content.</summary>
    PackageList Read(string path, ReadOnlySpan<byte> content);
}

/// <summary>What one file says is installed, and what of it could not be read.</summary>
internal sealed record PackageList(IReadOnlyList<InstalledPackage> Packages, IReadOnlyList<string> Notes);
