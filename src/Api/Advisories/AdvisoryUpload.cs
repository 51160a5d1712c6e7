using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Store.Advisories;

namespace Plimsoll.Api.Advisories;

/// <summary>A file of advisories that was received whole: a slow sender holds up no import.</summary>
/// <param name="file">Without a name already, so that it is gone with its process.</param>
/// <param name="ecosystem">Whose export it is; null where each record says so.</param>
internal sealed class AdvisoryUpload(FileStream file, string? ecosystem, Provenance provenance) : IAsyncDisposable
{
    const int ChunkBytes = 1 << 17;

    public static async Task<AdvisoryUpload> Receive(Stream body, string? ecosystem, Provenance provenance, CancellationToken ct)
    {
        var path = Path.Combine(Path.GetTempPath(), $"plimsoll-upload-{Guid.NewGuid():N}");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
        try
        {
            File.Delete(path);
            await body.CopyToAsync(file, ChunkBytes, ct);
            return new AdvisoryUpload(file, ecosystem, provenance);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="AdvisorySourceException">It cannot be taken. Thrown, so that nothing of it is.</exception>
    public Task<IReadOnlyList<SourceFailure>> Bring(LibraryImport import, CancellationToken ct) =>
        import.Add(file, ecosystem, provenance, null, ct) is { } failure ? throw new AdvisorySourceException([new(ecosystem ?? "", failure)]) : Task.FromResult<IReadOnlyList<SourceFailure>>([]);

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
