using Microsoft.Win32.SafeHandles;
using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>A temporary file for a place that cannot be written out of order, such as standard output, and that is sent there at the end.</summary>
internal sealed class SpooledFile(Stream target) : IPendingFile
{
    public SafeFileHandle Handle { get; } = Spool.Create(Path.GetTempPath());

    public async Task Commit(CancellationToken ct)
    {
        await using var whole = new FileSlice(Handle, 0, RandomAccess.GetLength(Handle));
        try
        {
            await whole.CopyToAsync(target, 1 << 17, ct);
            await target.FlushAsync(ct);
        }
        catch (IOException e)
        {
            throw new UnwritableImageException($"it takes no more ({WriteProblem.Reason(e)})", "see to what reads it", e);
        }
    }

    public void Dispose() => Handle.Dispose();
}
