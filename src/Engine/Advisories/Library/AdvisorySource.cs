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
/// <param name="EntityTag">What the mirror gave to ask again with (RFC 9110, 8.8.3); null where it gave none.</param>
/// <param name="LastModified">As <paramref name="EntityTag"/> (RFC 9110, 8.8.2), in the mirror's words.</param>
public sealed record Provenance(DateTimeOffset Brought, DateTimeOffset AsOf, string Origin, string? EntityTag = null, string? LastModified = null);
