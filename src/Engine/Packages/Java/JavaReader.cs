namespace Plimsoll.Engine.Packages.Java;

/// <summary>Archives of Java, with those inside them: jar, war, ear and their kin. See <c>docs/packages/java.md</c>.</summary>
internal sealed class JavaReader : IPackageReader
{
    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) => JarSuffix.Is(path, head);

    public PackageEvidence Read(EvidenceFile file) => new JarWalk(file).Read();
}
