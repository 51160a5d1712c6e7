using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine;

/// <summary>What a reference points at, or why that cannot be told: one of the two is null.</summary>
public sealed record Resolution(Digest? Digest, Failure? Failure)
{
    /// <summary>Null where they were not asked for.</summary>
    public IReadOnlyList<ResolvedPlatform>? Platforms { get; init; }
}

/// <summary>One image behind a reference.</summary>
/// <param name="Digest">Of its manifest.</param>
public sealed record ResolvedPlatform(Platform Platform, Digest Digest);
