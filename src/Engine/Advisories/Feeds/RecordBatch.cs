using System.Collections.Concurrent;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Feeds;

/// <summary>Records that were asked for one by one.</summary>
/// <param name="Records">What each is, and by which id it was asked for; null where they cannot be had in this way.</param>
/// <param name="Failure">Why the mirror does not give them; null where it does, or would by its whole export.</param>
internal sealed record RecordBatch(IReadOnlyList<(string Id, AdvisoryReading Reading)>? Records, string? Failure)
{
    /// <summary>Records of a batch: more of them take longer than an export.</summary>
    public const int Most = 500;

    /// <summary>Bytes of all of them together.</summary>
    const long MostBytes = 64 << 20;

    const int AtOnce = 8;

    public static async Task<RecordBatch> Fetch(AdvisoryMirror mirror, string ecosystem, IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        if (ids.Count > Most)
            return new(null, null);
        var (records, bytes, ended) = (new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal), 0L, (RecordBatch?)null);
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (id, token) =>
        {
            if (Volatile.Read(ref ended) is not null)
                return;
            var (answer, json) = await mirror.Record(ecosystem, id, token);
            if (json is null)
                Volatile.Write(ref ended, new(null, answer.MayPass ? answer.Failure : null));
            else if (Interlocked.Add(ref bytes, json.Length) > MostBytes)
                Volatile.Write(ref ended, new(null, null));
            else
                records[id] = json;
        });
        if (ended is not null)
            return ended;
        // What is under another id than its own is there in the export too, and only there can it be told what becomes of it.
        var readings = ids.Select(id => (Id: id, Reading: AdvisoryReader.Read(records[id]))).ToList();
        return new(readings.TrueForAll(record => record.Reading.Advisory is null || record.Reading.Advisory.Id == record.Id) ? readings : null, null);
    }
}
