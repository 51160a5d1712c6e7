using Plimsoll.Store.Blobs;

namespace Plimsoll.Store.Jobs;

/// <summary>Deletes uploads that nobody inspects, and bytes that no upload owns.</summary>
internal sealed class BlobSweep(UploadStore uploads) : IRecurringJob
{
    public JobInfo Info => JobList.BlobSweep;

    public Task<int> Run(CancellationToken ct) => uploads.Sweep(ct);
}
