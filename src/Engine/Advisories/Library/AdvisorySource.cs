using Plimsoll.Engine.Advisories.Feeds;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>What a library has of one source.</summary>
/// <param name="Name">The ecosystem without a release, such as <c>Debian</c>; <c>KEV</c> or <c>EPSS</c>.</param>
/// <param name="Rejected">Records of the source that could not be read, and are not among <paramref name="Records"/>.</param>
/// <param name="Newest">The latest time at which a record was modified or a list released; null where nothing says.</param>
/// <param name="Provenance">Where it came from, and when.</param>
public sealed record AdvisorySource(SourceKind Kind, string Name, int Records, int Rejected, DateTimeOffset? Newest, Provenance Provenance);

/// <summary>What a source tells.</summary>
public enum SourceKind
{
    /// <summary>The advisories of an ecosystem, as OSV records.</summary>
    Advisories,

    /// <summary>The vulnerabilities that are known to be exploited: CISA's catalogue (KEV).</summary>
    KnownExploited,

    /// <summary>How likely each vulnerability is to be exploited: FIRST's scores (EPSS).</summary>
    ExploitScores,
}

/// <summary>Where data came from.</summary>
/// <param name="Brought">When its bytes were taken into the library.</param>
/// <param name="AsOf">When it was last known to be what the source says: the time of the last answer of a mirror, or that of the imported file.</param>
/// <param name="Origin">The address of the mirror, or the name of the file.</param>
/// <param name="Export">What the mirror gave for the whole that this is, to ask for it again with; none for what was put together of more.</param>
/// <param name="List">The same for the list of records, where this is all that it names.</param>
public sealed record Provenance(DateTimeOffset Brought, DateTimeOffset AsOf, string Origin, Validators Export = default, Validators List = default);
