namespace Plimsoll.Engine.Advisories.Records;

/// <summary>A record as it was read, or why it is rejected.</summary>
/// <param name="Advisory">Null where it is rejected.</param>
/// <param name="Rejection">As "it …"; null where it is not rejected. The same mistake gives the same words, so that they can be counted.</param>
public sealed record AdvisoryReading(Advisory? Advisory, string? Rejection);

/// <summary>A record is not what the schema says. Thrown deep inside the reader, which turns it into a <see cref="AdvisoryReading.Rejection"/>.</summary>
internal sealed class MalformedAdvisoryException(string reason, Exception? cause = null) : Exception(reason, cause);
