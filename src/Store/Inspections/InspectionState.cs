namespace Plimsoll.Store.Inspections;

/// <summary>Where an inspection stands. The last three are final.</summary>
internal enum InspectionState
{
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}
