using Microsoft.Win32.SafeHandles;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>A file that nobody sees before it is committed. Disposed without that, it is gone.</summary>
internal interface IPendingFile : IDisposable
{
    SafeFileHandle Handle { get; }

    /// <summary>What people call it.</summary>
    string Name { get; }

    Task Commit(CancellationToken ct);
}
