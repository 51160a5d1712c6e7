using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Store.Observation;
using Plimsoll.Store.Webhooks;

namespace Plimsoll.Store.Advisories;

/// <summary>
/// Tells what became known, in the transaction that writes it: one message for each problem, whatever number of images has it, and one for all
/// together when a source is new or the day is a bad one.
/// </summary>
internal sealed class AdvisoryNews(ServiceMeter meter, TimeProvider clock)
{
    /// <summary>Messages of one epoch. Whoever gets more reads none.</summary>
    public const int Most = 50;

    /// <summary>What the id of an event tells apart.</summary>
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Packages and problems in one message.</summary>
    const int MostShown = 20;

    /// <summary>Images in one message. Whoever wants the others asks for them.</summary>
    const int MostImages = 100;

    /// <param name="isFirst">Whether a source was brought for the first time: what was never looked for is no news of today.</param>
    /// <returns>How many messages.</returns>
    public async Task<int> Tell(PlimsollDb db, long epoch, IReadOnlyList<ComponentNews> news, bool isFirst, CancellationToken ct)
    {
        var each = news.GroupBy(one => (one.Kind, one.Problem)).OrderByDescending(one => one.Max(news => news.Severity)).ThenBy(one => one.Key.Problem, StringComparer.Ordinal).ToList();
        if (each.Count == 0)
            return 0;
        // After all that was told before, whatever the clock of the process that told it: who follows goes by the order.
        var now = clock.GetUtcNow();
        if (await db.AdvisoryEvents.MaxAsync(row => (DateTimeOffset?)row.At, ct) is { } last && now <= last)
            now = last + Tick;
        var told = new List<(AdvisoryEventKind Kind, string? Problem, object Data)>();
        if (isFirst || each.Count > Most)
            told.Add((AdvisoryEventKind.Digest, null, Digest(epoch, [.. each.Select(one => one.ToList())])));
        else
            foreach (var one in each)
                if (await DataOf(db, epoch, [.. one], ct) is { } data)
                    told.Add((one.Key.Kind, one.Key.Problem, data));
        foreach (var (kind, problem, data) in told)
        {
            db.AdvisoryEvents.Add(new AdvisoryEventRow { Id = Guid.CreateVersion7(now), Epoch = epoch, At = now, Kind = kind, Problem = problem, Data = JsonSerializer.Serialize(data, StoreJson.Options) });
            await db.Announce(EventTypes.Of(kind), data, now, ct);
            meter.Told(kind);
            now += Tick;
        }
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return told.Count;
    }

    // Null where no image has any of the components any more: that is nobody's concern.
    static async Task<object?> DataOf(PlimsollDb db, long epoch, List<ComponentNews> news, CancellationToken ct)
    {
        var ids = news.Select(one => one.Component.Id).Distinct().ToList();
        var having = db.Images.Where(image => db.ComponentSetItems.Any(item => item.SetId == image.ComponentSetId && ids.Contains(item.ComponentId)));
        var count = await having.CountAsync(ct);
        if (count == 0)
            return null;
        var images = await having.OrderByDescending(image => image.InspectedAt).ThenBy(image => image.Digest).Take(MostImages).Select(image => new { image.Digest, image.Reference, image.Platform }).ToListAsync(ct);
        var packages = news.Select(one => new { one.Component.Ecosystem, one.Component.Name, one.Component.Version, one.FixedIn }).Distinct().ToList();
        return new
        {
            epoch, vulnerability = news[0].Problem, advisory = news[0].Advisory, cause = Cause(news[0].Kind), severity = news.Max(one => one.Severity), knownExploited = news.Exists(one => one.KnownExploited),
            packages = packages.Take(MostShown), packageCount = packages.Count, images, imageCount = count,
        };
    }

    static object Digest(long epoch, List<List<ComponentNews>> each) => new
    {
        epoch,
        found = Count(each, AdvisoryEventKind.NewAdvisory, AdvisoryEventKind.NewComponent), severityRaised = Count(each, AdvisoryEventKind.SeverityRaised), fixAvailable = Count(each, AdvisoryEventKind.FixAvailable),
        knownExploited = Count(each, AdvisoryEventKind.KnownExploited), withdrawn = Count(each, AdvisoryEventKind.Withdrawn),
        worst = each.Where(one => one[0].Kind is not AdvisoryEventKind.Withdrawn).OrderByDescending(one => one.Exists(news => news.KnownExploited)).ThenByDescending(one => one.Max(news => news.Severity)).DistinctBy(one => one[0].Problem).Take(MostShown)
            .Select(one => new { vulnerability = one[0].Problem, severity = one.Max(news => news.Severity), knownExploited = one.Exists(news => news.KnownExploited) }),
    };

    static int Count(List<List<ComponentNews>> each, params AdvisoryEventKind[] kinds) => each.Count(one => kinds.Contains(one[0].Kind));

    static string? Cause(AdvisoryEventKind kind) => kind switch { AdvisoryEventKind.NewAdvisory => "new-advisory", AdvisoryEventKind.NewComponent => "new-component", _ => null };
}
