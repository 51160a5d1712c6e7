namespace Plimsoll.Engine.Advisories.Library;

/// <summary>An import that has begun, or why it cannot.</summary>
/// <param name="Refusal">A sentence without a full stop.</param>
public sealed record ImportStart(LibraryImport? Import, string? Refusal)
{
    /// <summary>Whether it is the library itself that cannot be read, so that only a new one helps.</summary>
    public bool IsUnreadable { get; init; }
}
