using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Optimizing;

/// <summary>An image and what it has become.</summary>
/// <param name="Written">Digest of its manifest; null where the proof does not hold, and so nothing was written.</param>
/// <param name="Reclaimable">Bytes of files above the base that nobody can see.</param>
/// <param name="Reclaimed">How many of them are gone.</param>
/// <param name="HiddenInBase">Bytes of files of the base that nobody can see; they stay.</param>
/// <param name="LeftInBase">Bytes of files of a dropped category that are the base's; they stay.</param>
public sealed record OptimizedImage(
    string? Reference, Platform Platform, KeptBase Base, IReadOnlyList<OptimizedLayer> Layers, Proof Proof, Digest? Written,
    long Reclaimable, long Reclaimed, long HiddenInBase, IReadOnlyList<DroppedPath> Dropped, IReadOnlyList<KeptPath> NotDropped, long LeftInBase);
