using System.Diagnostics;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Store.Observation;

/// <summary>
/// The spans of an inspection. They belong to the trace of the request that submitted it, across processes and attempts, so that one trace
/// shows all that became of a submission: who waited, which layers were read, and what was stored.
/// </summary>
internal static class InspectionTrace
{
    public const string Name = "Plimsoll";

    static readonly ActivitySource s_source = new(Name);

    /// <summary>What a row carries to the process that works on it: a <c>traceparent</c> (W3C Trace Context, section 3.2).</summary>
    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <summary>The attempt that a lease is for. Null when nobody listens.</summary>
    public static Activity? Attempt(Lease lease)
    {
        ActivityContext.TryParse(lease.Trace, null, isRemote: true, out var parent);
        var attempt = s_source.StartActivity("inspection", ActivityKind.Consumer, parent);
        attempt?.SetTag("plimsoll.inspection.id", lease.Id).SetTag("plimsoll.inspection.attempt", lease.Attempt);
        return attempt?.SetTag(lease.Blob is null ? "plimsoll.image.reference" : "plimsoll.upload.digest", lease.Reference ?? lease.Blob);
    }

    /// <summary>A step of the attempt that is under way.</summary>
    public static Activity? Step(string name) => s_source.StartActivity(name);

    /// <summary>A layer that was read to its end; layers are read side by side, so that each is written down when it is over.</summary>
    /// <param name="of">The step that read it.</param>
    /// <param name="bytes">As the layer is stored.</param>
    public static void Layer(Activity? of, string digest, long bytes, DateTimeOffset started)
    {
        if (of is null)
            return;
        using var layer = s_source.StartActivity("layer", ActivityKind.Internal, of.Context, startTime: started);
        layer?.SetTag("plimsoll.layer.digest", digest).SetTag("plimsoll.layer.bytes", bytes);
    }

    public static void Found(string[] images) => Activity.Current?.SetTag("plimsoll.image.digests", images);

    public static void Failed(string reason) => Activity.Current?.SetStatus(ActivityStatusCode.Error, reason);
}
