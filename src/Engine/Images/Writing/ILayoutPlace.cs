namespace Plimsoll.Engine.Images.Writing;

/// <summary>Where an OCI layout is put together: a tar or a directory. Nobody sees it before the commit; without one, nothing is left.</summary>
internal interface ILayoutPlace : IBlobPlace, IAsyncDisposable
{
    /// <summary>Adds a file beside the blobs.</summary>
    void Add(string name, byte[] content);

    Task Commit(CancellationToken ct);
}
