namespace Plimsoll.Engine.Dockerfiles.Fixes;

/// <summary>A line of a file that was mended.</summary>
/// <param name="Text">With what ends it.</param>
/// <param name="Origin">The line of the file as it was, 0 for the first; null for one that is new.</param>
public sealed record FixedLine(string Text, int? Origin);
