using Plimsoll.Engine;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Store.Blobs;
using Plimsoll.Store.Observation;
using Plimsoll.Store.Registries;

namespace Plimsoll.Store.Inspections;

/// <summary>Has the engine look at what a lease is about, with the login that was submitted along with it.</summary>
internal sealed class Examination(UploadStore uploads, RegistryAccess registries, INews news, ServiceMeter meter, TimeProvider clock)
{
    /// <summary>What the lease's reference points at now.</summary>
    public async Task<Resolution> Resolve(Lease lease, CancellationToken ct)
    {
        using var span = InspectionTrace.Step("resolve");
        return await InspectorFor(lease).Resolve(ImageName.Parse(lease.Reference!), ct);
    }

    /// <param name="at">What the reference points at; null for an upload.</param>
    public async Task<Report> Inspect(Lease lease, Digest? at, CancellationToken ct)
    {
        using var span = InspectionTrace.Step("inspect");
        var (inspector, progress) = (InspectorFor(lease), new LayerSteps(lease.Id, news, meter, clock, span));
        var reports = new List<Report>();
        IReadOnlyList<Platform?> platforms = lease.Platforms is { } names ? [.. names.Split(',').Select(name => Platform.Parse(name))] : [null];
        foreach (var platform in platforms)
        {
            var source = lease.Blob is { } blob ? await uploads.Open(blob, ct) : new ImageSource.Registry(ImageName.Parse(lease.Reference!), at);
            reports.Add((await inspector.Inspect(new InspectionRequest(source, platform), progress, ct)).Report);
        }
        return new Report([.. reports.SelectMany(report => report.Images)], [.. reports.SelectMany(report => report.Failures)]);
    }

    Inspector InspectorFor(Lease lease) => registries.Inspector(lease.Reference, lease.Credentials);
}
