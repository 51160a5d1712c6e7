using Microsoft.Win32.SafeHandles;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>A file that nobody sees before it is committed. Disposed without that, it is gone.</summary>
internal interface IPendingFile : IDisposable
{
    SafeFileHandle Handle { get; }

    Task Commit(CancellationToken ct);
}
