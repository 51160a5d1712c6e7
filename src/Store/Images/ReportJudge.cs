using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Reports;
using Plimsoll.Store.Advisories;
using Plimsoll.Store.Vex;

namespace Plimsoll.Store.Images;

/// <summary>What stored reports are held against when they are read: the advisories and the statements (VEX) of this moment.</summary>
internal sealed class ReportJudge(AdvisoryShelf advisories, VexShelf statements, TimeProvider clock)
{
    /// <summary>Grows with each change of statements that this process made.</summary>
    public int Changes => statements.Changes;

    public async ValueTask<Judgement> Begin(CancellationToken ct)
    {
        var library = await advisories.Borrow(ct);
        try
        {
            return new Judgement(library, await statements.Current(ct), clock.GetUtcNow());
        }
        catch
        {
            library?.Dispose();
            throw;
        }
    }
}

/// <summary>The advisories and the statements of one moment, until they are given back.</summary>
internal sealed class Judgement(BorrowedLibrary? library, StatedVex stated, DateTimeOffset now) : IDisposable
{
    public DateTimeOffset Now => now;

    /// <summary>What an image is known by beside its report; empty where nobody states anything, so that it does not matter.</summary>
    /// <param name="digest">Of its manifest or configuration.</param>
    public async Task<IReadOnlyList<string>> NamesOf(PlimsollDb db, string digest, CancellationToken ct)
    {
        if (library is null || stated.Ledger.IsEmpty)
            return [];
        var image = await db.Images.WithDigest(digest).Select(row => row.Digest).FirstOrDefaultAsync(ct);
        var inspections = await db.InspectedImages.Where(found => found.ImageDigest == image).Join(db.Inspections, found => found.InspectionId, row => row.Id, (found, row) => new { row.Reference, row.Content })
            .Distinct().ToListAsync(ct);
        // The content begins with the digest of the index, or of the manifest.
        return [.. inspections.SelectMany(row => new[] { row.Reference, row.Content?.Split(' ')[0] }).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Tells what a report is judged by from all else; null where nothing is there to judge by.</summary>
    public string? Stamp(IReadOnlyList<string> names) => library is null ? null : $"{library.Stamp} {stated.Stamp} {string.Join(' ', names)}";

    /// <summary>The report with the vulnerabilities that its packages have, and what is stated of them; as it is where there are no advisories.</summary>
    public ImageReport Judge(ImageReport report, IReadOnlyList<string> names) => library is null ? report : stated.Ledger.Apply(library.Judge(report, now), names);

    public void Dispose() => library?.Dispose();
}
