using Microsoft.EntityFrameworkCore;
using Plimsoll.Client;
using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Store;
using Plimsoll.Store.Images;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Api.Verdicts;

/// <summary>Decides when it is asked: grace days, exemptions, advisories and what is stated of vulnerabilities move with time.</summary>
internal static class Verdicts
{
    /// <param name="image">A digest, a reference that was inspected, or the id of an inspection.</param>
    /// <param name="platforms">Empty: all that the image has.</param>
    public static async Task<VerdictBody> VerdictOf(
        this PlimsollDb db, string image, Policy policy, int revision, IReadOnlyList<string> platforms, Judgement judgement, CancellationToken ct)
    {
        var known = await db.ImagesOf(image, platforms, ct);
        var judged = new List<PlatformVerdictBody>();
        foreach (var row in known.Rows.Where(row => platforms.Count == 0 || platforms.Any(platform => Answers(row.Platform, platform))))
        {
            var report = judgement.Judge(await db.OnKnownBase(new StoredReport(row.Report).Read(), ct), await judgement.NamesOf(db, row.Digest, ct));
            var verdict = Gate.Decide(report, policy, judgement.Now);
            judged.Add(new PlatformVerdictBody(
                row.Digest, row.Platform, verdict.Outcome.ToString(), verdict.Reason, verdict.Rules, verdict.Exemptions, Counts(report, policy), report.Advisories?.AsOf));
        }
        // A platform that was asked for and is not there is undecided too: nothing is known of it. Neither is of those that nobody asked to inspect.
        var missing = judged.Count == 0 || platforms.Count == 0 && !known.IsWhole || platforms.Any(platform => judged.All(one => !Answers(one.Platform, platform)));
        var outcome = judged.Any(one => one.Outcome == nameof(Outcome.Fail)) ? Outcome.Fail
            : missing || judged.Any(one => one.Outcome == nameof(Outcome.Undecided)) ? Outcome.Undecided : Outcome.Pass;
        var reason = outcome is not Outcome.Undecided ? null : missing ? await db.WhyMissing(image, ct) : judged.First(one => one.Reason is not null).Reason;
        return new VerdictBody(image, outcome.ToString(), reason, policy.Name, revision, judged);
    }

    // Those that the policy judges.
    static VulnerabilityCountsBody? Counts(ImageReport report, Policy policy)
    {
        if (report.Vulnerabilities?.Where(one => !one.Unconfirmed && (!one.IsSetAside || policy.Vulnerabilities is { IgnoreVex: true })).ToList() is not { } confirmed)
            return null;
        int Of(Severity severity) => confirmed.Count(one => one.Severity == severity);
        return new(Of(Severity.Critical), Of(Severity.High), Of(Severity.Medium), Of(Severity.Low) + Of(Severity.Info), confirmed.Count(one => one.Severity is null), confirmed.Count(one => one.IsFixedLater),
            report.Base?.Layers is null ? null : confirmed.Count(one => one.FromBase is true));
    }

    // What an image says of itself may be no platform at all.
    static bool Answers(string platform, string asked) =>
        platform == asked || Platform.TryParse(platform, null, out var its) && Platform.TryParse(asked, null, out var wanted) && its.Answers(wanted);

    static async Task<string> WhyMissing(this PlimsollDb db, string image, CancellationToken ct)
    {
        var reference = ImageName.TryParse(image, null, out var name) ? name.ToString() : image;
        var inspections = Guid.TryParse(image, out var id) ? db.Inspections.Where(row => row.Id == id) : db.Inspections.Where(row => row.Reference == reference || row.Blob == image);
        return await inspections.OrderByDescending(row => row.SubmittedAt).Select(row => (InspectionState?)row.State).FirstOrDefaultAsync(ct) switch
        {
            InspectionState.Queued or InspectionState.Running => "inspecting",
            InspectionState.Failed or InspectionState.Cancelled => "inspection-failed",
            _ => "not-inspected",
        };
    }
}
