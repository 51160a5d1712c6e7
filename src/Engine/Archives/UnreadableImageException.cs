namespace Plimsoll.Engine.Archives;

/// <summary>
/// The bytes are not an image that can be read: truncated, corrupt, lying about themselves, or past a limit.
/// Thrown deep inside a reader, turned into a <see cref="Reports.Failure"/> where the inspection ends.
/// </summary>
internal class UnreadableImageException(string reason, string? remedy = null, Exception? cause = null) : Exception(reason, cause)
{
    /// <summary>What the caller can do about it.</summary>
    public string? Remedy { get; } = remedy;

    public Reports.FailureKind Kind { get; init; }

    /// <summary>The failure of what was asked for as <paramref name="image"/>.</summary>
    public Reports.Failure FailureOf(string image) => new(image, Message, Remedy) { Kind = Kind };
}
