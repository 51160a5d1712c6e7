using Plimsoll.Engine.Advisories;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Store.Advisories;

/// <summary>A library that several read at once. It is closed when the last has given it back and a newer one is there.</summary>
internal sealed class SharedLibrary(AdvisoryLibrary library, long epoch)
{
    // One for the shelf itself.
    int _holders = 1;

    public AdvisoryLibrary Library => library;

    public long Epoch => epoch;

    /// <summary>Null when it is closed.</summary>
    public BorrowedLibrary? TryBorrow(IReadOnlyDictionary<string, DateTimeOffset> confirmed)
    {
        for (var holders = Volatile.Read(ref _holders); holders > 0; holders = Volatile.Read(ref _holders))
            if (Interlocked.CompareExchange(ref _holders, holders + 1, holders) == holders)
                return new BorrowedLibrary(this, confirmed);
        return null;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            library.Dispose();
    }
}

/// <summary>A library until it is given back.</summary>
/// <param name="confirmed">When sources last said that what is here is what they have, where that is later than the import.</param>
internal sealed class BorrowedLibrary(SharedLibrary shared, IReadOnlyDictionary<string, DateTimeOffset> confirmed) : IDisposable
{
    int _given;

    public AdvisoryLibrary Library => shared.Library;

    public long Epoch => shared.Epoch;

    /// <summary>Tells these advisories, at these ages, from others</summary>
    public string Stamp { get; } = $"{shared.Epoch} {confirmed.Values.DefaultIfEmpty().Max():O} {confirmed.Count}";

    /// <summary>Its sources, with the times at which they were last known to be what they have.</summary>
    public IReadOnlyList<AdvisorySource> Sources => [.. Library.Sources.Select(source => source with { Provenance = source.Provenance with { AsOf = Latest(source.Name, source.Provenance.AsOf) } })];

    /// <summary>The report with the vulnerabilities that its packages have by these advisories; the report as it is where there are no advisories.</summary>
    public ImageReport Judge(ImageReport image, DateTimeOffset now) =>
        KnownAdvisories.Of(Library, [image]) is not { } known ? image : (known with
        {
            Sources = known.Sources.ToDictionary(source => source.Key, source => Latest(source.Key, source.Value), StringComparer.Ordinal),
            ExploitedAsOf = known.ExploitedAsOf is { } asOf ? Latest(ExploitationFeed.NameOf(SourceKind.KnownExploited), asOf) : null,
        }).Judge(image, now);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _given, 1) == 0)
            shared.Release();
    }

    DateTimeOffset Latest(string source, DateTimeOffset imported) => confirmed.TryGetValue(source, out var later) && later > imported ? later : imported;
}
