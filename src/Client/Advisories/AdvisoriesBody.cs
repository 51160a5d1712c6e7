namespace Plimsoll.Client.Advisories;

/// <summary>The advisories that a service has.</summary>
/// <param name="Epoch">Counts the imports that changed something; 0 where there were none.</param>
/// <param name="At">When the last of them was; null where there were none.</param>
/// <param name="AsOf">When the oldest ecosystem was last known to be what its source has; null without any.</param>
public sealed record AdvisoriesBody(long Epoch, DateTimeOffset? At, DateTimeOffset? AsOf, IReadOnlyList<AdvisorySourceBody> Sources);

/// <summary>What there is of one source, and how the last try to bring it fared.</summary>
/// <param name="Name">The ecosystem without a release, such as <c>Debian</c>; <c>KEV</c> or <c>EPSS</c>.</param>
/// <param name="Kind"><c>advisories</c>, <c>knownExploited</c> or <c>exploitScores</c>.</param>
/// <param name="Records">0 for a source that was never brought.</param>
/// <param name="Rejected">Records of the source that could not be read, and are not among <paramref name="Records"/>.</param>
/// <param name="Rejections">Why not, as far as it is still known.</param>
/// <param name="Newest">The latest time at which a record was modified or a list released; null where nothing says.</param>
/// <param name="Brought">When it was last taken in; null for a source that never was.</param>
/// <param name="AsOf">When it was last known to be what the source has; null for a source that was never brought.</param>
/// <param name="Origin">The address of the mirror, or who uploaded it; null for a source that was never brought.</param>
/// <param name="Failure">Why the last try failed: a sentence without a full stop; null where it did not.</param>
/// <param name="FailedAt">When the last failure was, whether or not a later try succeeded.</param>
public sealed record AdvisorySourceBody(
    string Name, string Kind, int Records, int Rejected, IReadOnlyList<RejectionBody> Rejections, DateTimeOffset? Newest, DateTimeOffset? Brought, DateTimeOffset? AsOf, string? Origin,
    string? Failure, DateTimeOffset? FailedAt);

/// <param name="Reason">As "it …".</param>
public sealed record RejectionBody(string Reason, int Records);

/// <summary>What an import made of the advisories.</summary>
/// <param name="Epoch">The one that is in force now: another than before where something differs.</param>
/// <param name="Messages">That went out to webhooks and to who follows the events.</param>
public sealed record AdvisoryImportBody(long Epoch, IReadOnlyList<SourceChangeBody> Sources, int Messages);

/// <param name="Records">That it has now.</param>
/// <param name="Before">Records that there were of it; null where there was nothing of it.</param>
/// <param name="Changed">Records of which anything that is kept is another than before.</param>
/// <param name="Vanished">Records that were there, and that the import does not bring.</param>
/// <param name="Rejected">Records that could not be read.</param>
public sealed record SourceChangeBody(
    string Name, string Kind, int Records, int? Before, int Added, int Changed, int Vanished, int Rejected, IReadOnlyList<RejectionBody> Rejections);
