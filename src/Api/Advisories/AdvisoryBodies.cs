using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Client.Advisories;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Store;
using Plimsoll.Store.Advisories;

namespace Plimsoll.Api.Advisories;

/// <summary>Advisories as the API shows them.</summary>
internal static class AdvisoryBodies
{
    public static AdvisoryImportBody Of(ImportResult result) => new(result.Epoch, [.. result.Changes.Select(Of)], result.Told);

    public static async Task<AdvisoriesBody> AdvisoriesOf(this PlimsollDb db, BorrowedLibrary? library, CancellationToken ct)
    {
        var tries = await db.AdvisorySources.AsNoTracking().ToDictionaryAsync(row => row.Name, StringComparer.Ordinal, ct);
        var rejections = await db.RejectionsOf([.. (library?.Sources ?? []).Where(source => source.Rejected > 0)], ct);
        var known = (library?.Sources ?? []).Select(source => Of(source, rejections.GetValueOrDefault(source.Name) ?? [], tries.GetValueOrDefault(source.Name))).ToList();
        // What was asked for and never came is told of too.
        var missing = tries.Values.Where(row => row.Failure is not null && known.TrueForAll(one => one.Name != row.Name)).OrderBy(row => row.Name, StringComparer.Ordinal)
            .Select(row => new AdvisorySourceBody(row.Name, Kind(SourceKind.Advisories), 0, 0, [], null, null, null, null, row.Failure, row.FailedAt));
        var at = library is null ? null : await db.Epochs.Where(row => row.Number == library.Epoch).Select(row => (DateTimeOffset?)row.At).SingleOrDefaultAsync(ct);
        var asOf = library?.Sources.Where(source => source.Kind == SourceKind.Advisories).Select(source => (DateTimeOffset?)source.Provenance.AsOf).Min();
        return new AdvisoriesBody(library?.Epoch ?? 0, at, asOf, [.. known, .. missing]);
    }

    // Of each source what the last epoch that it was part of has written down.
    static async Task<IReadOnlyDictionary<string, IReadOnlyList<RejectionBody>>> RejectionsOf(this PlimsollDb db, List<AdvisorySource> wanted, CancellationToken ct)
    {
        var found = new Dictionary<string, IReadOnlyList<RejectionBody>>(StringComparer.Ordinal);
        if (wanted.Count == 0)
            return found;
        await foreach (var changes in db.Epochs.OrderByDescending(row => row.Number).Select(row => row.Changes).AsAsyncEnumerable().WithCancellation(ct))
        {
            foreach (var change in EpochChanges.Read(changes).Where(change => wanted.Exists(source => source.Name == change.Source.Name)))
                found.TryAdd(change.Source.Name, Rejections(change));
            if (found.Count == wanted.Count)
                break;
        }
        return found;
    }

    static SourceChangeBody Of(SourceChange change) => new(
        change.Source.Name, Kind(change.Source.Kind), change.Source.Records, change.Before, change.Added, change.Changed, change.Vanished, change.Source.Rejected, Rejections(change));

    static AdvisorySourceBody Of(AdvisorySource source, IReadOnlyList<RejectionBody> rejections, SourceRow? tries) => new(
        source.Name, Kind(source.Kind), source.Records, source.Rejected, rejections, source.Newest, source.Provenance.Brought, source.Provenance.AsOf, source.Provenance.Origin, tries?.Failure, tries?.FailedAt);

    static IReadOnlyList<RejectionBody> Rejections(SourceChange change) => [.. change.Rejections.Select(one => new RejectionBody(one.Reason, one.Records))];

    static string Kind(SourceKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
