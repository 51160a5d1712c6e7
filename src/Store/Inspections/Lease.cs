namespace Plimsoll.Store.Inspections;

/// <summary>The right to run one inspection, until <see cref="InspectionQueue.LeaseTime"/> after its last heartbeat.</summary>
/// <param name="Owner">Of this attempt alone: who lost the lease and comes back late cannot write.</param>
/// <param name="Trace">Of the request that submitted it, see <see cref="Observation.InspectionTrace"/>.</param>
internal sealed record Lease(Guid Id, Guid Owner, int Attempt, string? Reference, string? Blob, string? Platforms, byte[]? Credentials, string Submitter, string? Trace = null);

internal static class Leases
{
    /// <summary>
    /// The inspection, as long as the lease is not lost: whoever frees or ends it takes the owner away. The state is not asked for, or PostgreSQL might
    /// look through all that run for the one with this id.
    /// </summary>
    public static IQueryable<InspectionRow> HeldBy(this PlimsollDb db, Lease lease) =>
        db.Inspections.Where(row => row.Id == lease.Id && row.LeaseOwner == lease.Owner);
}
