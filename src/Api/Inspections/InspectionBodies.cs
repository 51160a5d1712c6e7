using Microsoft.EntityFrameworkCore;
using Plimsoll.Api.Http;
using Plimsoll.Client;
using Plimsoll.Store;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Api.Inspections;

/// <summary>Rows as the API shows them.</summary>
internal static class InspectionBodies
{
    public static InspectionBody Of(InspectionRow row, IReadOnlyList<string> images) => new(
        row.Id, row.State.ToString().ToLowerInvariant(), row.Reference, row.Blob, row.Platforms?.Split(','), row.Submitter, row.Attempts, row.SubmittedAt,
        row.StartedAt, row.FinishedAt, row.Error, row.Remedy, images);

    public static async Task<InspectionBody?> BodyOf(this PlimsollDb db, Guid id, CancellationToken ct) =>
        await db.Inspections.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is { } row ? Of(row, await db.ImagesOf(id, ct)) : null;

    /// <summary>The newest first.</summary>
    public static async Task<Page<InspectionBody>> BodiesBefore(this PlimsollDb db, Guid? before, InspectionState? state, int size, CancellationToken ct)
    {
        var rows = await db.Inspections.AsNoTracking().Where(row => (before == null || row.Id < before) && (state == null || row.State == state))
            .OrderByDescending(row => row.Id).Take(size + 1).ToListAsync(ct);
        var shown = rows.Take(size).ToList();
        var ids = shown.Select(row => row.Id).ToList();
        var images = (await db.InspectedImages.AsNoTracking().Where(found => ids.Contains(found.InspectionId)).OrderBy(found => found.Number).ToListAsync(ct))
            .ToLookup(found => found.InspectionId, found => found.ImageDigest);
        return new Page<InspectionBody>([.. shown.Select(row => Of(row, [.. images[row.Id]]))], rows.Count > size ? Cursor.Write(shown[^1].Id.ToString()) : null);
    }

    static async Task<IReadOnlyList<string>> ImagesOf(this PlimsollDb db, Guid id, CancellationToken ct) =>
        await db.InspectedImages.Where(found => found.InspectionId == id).OrderBy(found => found.Number).Select(found => found.ImageDigest).ToListAsync(ct);
}
