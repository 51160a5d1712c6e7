using System.Text;
using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Packages.KnownBinaries;

/// <summary>Programs that say in a text file of their own what they are: <c>release</c> of OpenJDK, <c>VERSION</c> of the Go toolchain.</summary>
internal sealed partial class ReleaseFileReader : IPackageReader
{
    const int FileBytes = 64 << 10;

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) =>
        path.EndsWith("/release"u8) && (head.StartsWith("IMPLEMENTOR="u8) || head.StartsWith("JAVA_VERSION="u8)) || path.EndsWith("/VERSION"u8) && head.StartsWith("go1."u8);

    public PackageEvidence Read(EvidenceFile file)
    {
        var text = Encoding.UTF8.GetString(file.All(FileBytes));
        var java = file.Path.EndsWith("/release", StringComparison.Ordinal);
        return (java ? Java() : Go()).Match(text) is { Success: true } match
            ? new PackageEvidence([new InstalledPackage("generic", java ? "openjdk" : "go", match.Groups[1].Value)], []) : PackageEvidence.None;
    }

    [GeneratedRegex("^JAVA_VERSION=\"([0-9][0-9A-Za-z._+-]{0,40})\"", RegexOptions.Multiline)]
    private static partial Regex Java();

    [GeneratedRegex("^go([0-9]+\\.[0-9]+(?:\\.[0-9]+)?(?:(?:rc|beta)[0-9]+)?)")]
    private static partial Regex Go();
}
