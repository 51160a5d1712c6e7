using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Files;

/// <summary>Everybody who looks at the contents of a layer's files while they stream past.</summary>
internal sealed class LayerContents(Limits limits, Budget packages) : IEntryReader, IDisposable
{
    /// <summary>The few files that a check reads whole.</summary>
    public KeptFiles Kept { get; } = new(limits, WantedFiles.Wants, WantedFiles.Reduce);

    /// <summary>What the files say is installed.</summary>
    public EvidenceCollector Packages { get; } = new(limits, packages);

    /// <summary>The secrets in any of them.</summary>
    public SecretScanner Secrets { get; } = new(limits);

    public void Begin(int row, EntryHead head)
    {
        Kept.Begin(head.Path, head.Type, head.Size);
        Packages.Begin(row, head.Path, head.Type, head.Size);
        Secrets.Begin(row, head.Path, head.Type, head.Size);
    }

    public void Append(ReadOnlySpan<byte> part)
    {
        Kept.Append(part);
        Packages.Append(part);
        Secrets.Append(part);
    }

    public void End(long end)
    {
        Kept.End();
        Packages.End();
        Secrets.End();
    }

    public void Dispose() => Packages.Dispose();
}
