namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>A line to add behind the last of the ignore file.</summary>
/// <param name="Bytes">What it takes out of the context, where the lines of the advice above it are there.</param>
/// <param name="Files">The same in files.</param>
/// <param name="ReadBy">The lines of the Dockerfile whose steps read some of that, in their order.</param>
public sealed record IgnoreAdvice(string Line, IgnoreReason Reason, long Bytes, long Files, IReadOnlyList<int> ReadBy);
