namespace Plimsoll.Engine.Reports;

/// <summary>What a caller can make of a failure.</summary>
public enum FailureKind
{
    /// <summary>What was read is not an image that can be inspected.</summary>
    Unreadable,

    /// <summary>The registry has nothing of that name.</summary>
    NotFound,

    /// <summary>The registry wants another login, or none does.</summary>
    NoAccess,

    /// <summary>Whoever runs this does not let it reach that address.</summary>
    NotAllowed,

    /// <summary>The registry cannot be reached or is in trouble: another time it may answer.</summary>
    Unavailable,
}
