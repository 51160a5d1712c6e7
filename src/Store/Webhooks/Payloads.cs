using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Plimsoll.Store.Webhooks;

/// <summary>Events as receivers read them; <c>docs/webhooks.md</c> describes each field.</summary>
internal static class Payloads
{
    /// <summary>Images in one payload. Whoever wants the others asks for the inspection.</summary>
    const int MostImages = 100;

    public static WebhookEventRow Ping(Guid webhook, DateTimeOffset now) => Event(EventTypes.Ping, now, new { webhook });

    public static async Task<WebhookEventRow> InspectionEnded(this PlimsollDb db, Guid id, string type, DateTimeOffset now, CancellationToken ct)
    {
        var row = await db.Inspections.AsNoTracking().SingleAsync(one => one.Id == id, ct);
        var found = db.InspectedImages.Where(one => one.InspectionId == id);
        var images = await found.OrderBy(one => one.Number).Take(MostImages)
            .Join(db.Images, one => one.ImageDigest, image => image.Digest, (_, image) => new { image.Digest, image.Reference, image.Platform, image.Size, image.Findings, image.Packages })
            .ToListAsync(ct);
        var inspection = new
        {
            row.Id, State = row.State.ToString().ToLowerInvariant(), Image = row.Reference, Upload = row.Blob, Platforms = row.Platforms?.Split(','), row.Submitter, row.Attempts,
            row.SubmittedAt, row.StartedAt, row.FinishedAt, row.Error, row.Remedy,
        };
        return Event(type, now, new { inspection, images, imageCount = await found.CountAsync(ct) });
    }

    public static WebhookEventRow Event<T>(string type, DateTimeOffset at, T data)
    {
        var id = Guid.CreateVersion7(at);
        return new WebhookEventRow { Id = id, Type = type, At = at, Payload = JsonSerializer.SerializeToUtf8Bytes(new { id, type, timestamp = at, data }, StoreJson.Options) };
    }
}
