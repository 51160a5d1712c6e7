using Plimsoll.Engine.Packages.Executables;

namespace Plimsoll.Engine.Packages.Go;

/// <summary>The modules that a Go program was built of, by the information that the linker leaves in it (Go, <c>debug/buildinfo</c>).</summary>
internal sealed class GoReader : IPackageReader
{
    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) => Executable.MayBe(path, head);

    public PackageEvidence Read(EvidenceFile file) => Executable.Open(file) is { } program && BuildInfo.Of(program) is { } build
        ? new PackageEvidence([.. GoModules.Of(build)], []) : PackageEvidence.None;
}
