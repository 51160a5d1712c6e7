using System.Text;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Plimsoll.Operator.Cluster;

/// <summary>Tells what happened as events of the cluster (events.k8s.io/v1). The same thing said again within a while becomes one event that counts.</summary>
internal sealed partial class EventRecorder(IKubernetes server, string instance, TimeProvider clock, ILogger<EventRecorder> log)
{
    /// <summary>In bytes, as the API server counts.</summary>
    const int LongestNote = 1024, LongestInstance = 128;

    const int MostRemembered = 4096;

    static readonly TimeSpan Series = TimeSpan.FromMinutes(6);

    readonly Lock _lock = new();
    readonly Dictionary<(string Uid, string Reason, string Note), (Eventsv1Event Event, DateTimeOffset Last)> _told = [];

    /// <param name="reason">In CamelCase, one of those that the pages name.</param>
    /// <param name="action">What was being done.</param>
    public async Task Tell(IKubernetesObject<V1ObjectMeta> about, bool isWarning, string reason, string action, string note, CancellationToken ct)
    {
        var (now, text) = (clock.GetUtcNow(), Cut(note, LongestNote));
        var key = (about.Metadata.Uid, reason, text);
        var known = Again(key, now);
        try
        {
            var written = known is null
                ? await server.EventsV1.CreateNamespacedEventAsync(New(about, isWarning, reason, action, text, now), about.Metadata.NamespaceProperty, fieldManager: Applier.FieldManager, cancellationToken: ct)
                : await server.EventsV1.PatchNamespacedEventAsync(SeriesOf(known, now), known.Metadata.Name, known.Metadata.NamespaceProperty, fieldManager: Applier.FieldManager, cancellationToken: ct);
            lock (_lock)
                _told[key] = (written, now);
        }
        // An event is news, not state: whatever it tells stands in the status too.
        catch (Exception e) when (e.IsOfTheServer(ct))
        {
            lock (_lock)
                _told.Remove(key);
            Log.NotTold(log, reason, e.Message);
        }
    }

    Eventsv1Event? Again((string, string, string) key, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_told.Count >= MostRemembered)
                foreach (var (old, (_, last)) in _told.ToList())
                    if (now - last > Series || _told.Count >= MostRemembered)
                        _told.Remove(old);
            return _told.TryGetValue(key, out var known) && now - known.Last <= Series ? known.Event : null;
        }
    }

    static V1Patch SeriesOf(Eventsv1Event known, DateTimeOffset now) => new(
        new { series = new { count = (known.Series?.Count ?? 1) + 1, lastObservedTime = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", System.Globalization.CultureInfo.InvariantCulture) } },
        V1Patch.PatchType.MergePatch);

    Eventsv1Event New(IKubernetesObject<V1ObjectMeta> about, bool isWarning, string reason, string action, string note, DateTimeOffset now) => new()
    {
        Metadata = new V1ObjectMeta { Name = $"{about.Metadata.Name[..Math.Min(about.Metadata.Name.Length, 200)].TrimEnd('.', '-')}.{Guid.NewGuid():N}", NamespaceProperty = about.Metadata.NamespaceProperty },
        EventTime = now.UtcDateTime, Type = isWarning ? "Warning" : "Normal", Reason = reason, Action = action, Note = note,
        ReportingController = "plimsoll.dev/operator", ReportingInstance = Cut(instance, LongestInstance),
        Regarding = new V1ObjectReference
        {
            ApiVersion = about.ApiVersion, Kind = about.Kind, Name = about.Metadata.Name, NamespaceProperty = about.Metadata.NamespaceProperty, Uid = about.Metadata.Uid, ResourceVersion = about.Metadata.ResourceVersion,
        },
    };

    static string Cut(string text, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytes)
            return text;
        var (kept, room) = (new StringBuilder(), bytes - "…"u8.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if ((room -= rune.Utf8SequenceLength) < 0)
                break;
            kept.Append(rune);
        }
        return kept.Append('…').ToString();
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "the event {Reason} could not be told: {Problem}")]
        public static partial void NotTold(ILogger logger, string reason, string problem);
    }
}
