using Microsoft.EntityFrameworkCore;
using Plimsoll.Store.Observation;

namespace Plimsoll.Store.Inspections;

/// <summary>What somebody asks to have inspected.</summary>
/// <param name="Reference">A registry reference in full; null for an upload.</param>
/// <param name="Blob">The digest of an upload; null for a reference.</param>
/// <param name="Platforms">In normal form; empty: all.</param>
internal sealed record Submission(string? Reference, string? Blob, IReadOnlyList<string> Platforms, string Submitter, byte[]? Credentials = null, int Priority = 0)
{
    public string? PlatformList => Platforms.Count == 0 ? null : string.Join(',', Platforms.Order(StringComparer.Ordinal));

    /// <summary>Two submissions with one subject are one inspection.</summary>
    public string Subject => $"{Blob ?? Reference} {PlatformList}{(Credentials is null ? "" : " " + Submitter)}".TrimEnd();
}

/// <summary>Puts inspections into the queue.</summary>
internal sealed class Submissions(IDbContextFactory<PlimsollDb> databases, INews news, TimeProvider clock)
{
    /// <summary>The inspection of what is submitted: a new one, the one that is under way, or, for bytes that are known, the one that succeeded.</summary>
    public async Task<InspectionRow> Submit(Submission submission, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        for (; ; db.ChangeTracker.Clear())
        {
            if (await Known(db, submission, ct) is { } known)
                return known;
            var row = await NewRow(db, submission, ct);
            db.Inspections.Add(row);
            try
            {
                await db.SaveChangesAsync(ct);
                news.Wake();
                return row;
            }
            catch (DbUpdateException e) when (e.IsDuplicate())
            {
                // Somebody submitted the same at the same moment: theirs is found now.
            }
        }
    }

    static async Task<InspectionRow?> Known(PlimsollDb db, Submission submission, CancellationToken ct)
    {
        var same = db.Inspections.AsNoTracking().Where(row => row.Subject == submission.Subject);
        if (await same.SingleOrDefaultAsync(row => row.State == InspectionState.Queued || row.State == InspectionState.Running, ct) is { } underWay)
            return underWay;
        // What a tag points at may have moved; bytes and digests are what they are.
        if (submission.Blob is null && submission.Reference?.Contains('@', StringComparison.Ordinal) != true)
            return null;
        return await same.Where(row => row.State == InspectionState.Succeeded).Whole(db).OrderByDescending(row => row.FinishedAt).FirstOrDefaultAsync(ct);
    }

    async Task<InspectionRow> NewRow(PlimsollDb db, Submission submission, CancellationToken ct)
    {
        var waiting = db.Inspections.Where(row => row.State == InspectionState.Queued && row.Priority == submission.Priority);
        var next = await waiting.MinAsync(row => (long?)row.Turn, ct) ?? 0;
        var own = await waiting.Where(row => row.Submitter == submission.Submitter).MaxAsync(row => (long?)row.Turn, ct) + 1 ?? 0;
        var now = clock.GetUtcNow();
        return new InspectionRow
        {
            Id = Guid.CreateVersion7(now), State = InspectionState.Queued, Priority = submission.Priority, Turn = Math.Max(next, own),
            Submitter = submission.Submitter, Reference = submission.Reference, Blob = submission.Blob, Platforms = submission.PlatformList,
            Subject = submission.Subject, Credentials = submission.Credentials, AvailableAt = now, SubmittedAt = now,
            Trace = InspectionTrace.Current,
        };
    }
}
