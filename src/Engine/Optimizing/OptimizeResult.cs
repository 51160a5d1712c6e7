using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Optimizing;

/// <summary>What came of an optimisation: an image, or why there is none.</summary>
public sealed record Optimization(OptimizedImage? Image, Failure? Failure);

/// <summary>An image and what it has become.</summary>
/// <param name="Written">Digest of its manifest; null where the proof does not hold, and so nothing was written.</param>
/// <param name="Reclaimable">Bytes of files above the base that nobody can see.</param>
/// <param name="Reclaimed">How many of them are gone.</param>
/// <param name="HiddenInBase">Bytes of files of the base that nobody can see; they stay.</param>
/// <param name="LeftInBase">Bytes of files of a dropped category that are the base's; they stay.</param>
public sealed record OptimizedImage(
    string? Reference, Platform Platform, KeptBase Base, IReadOnlyList<OptimizedLayer> Layers, Proof Proof, Digest? Written,
    long Reclaimable, long Reclaimed, long HiddenInBase, IReadOnlyList<DroppedPath> Dropped, IReadOnlyList<KeptPath> NotDropped, long LeftInBase);

/// <summary>The lowest layers, which stay as they are.</summary>
/// <param name="Why">How it is known that they are the base: a few words.</param>
public sealed record KeptBase(int Layers, string Why);

/// <summary>A layer before and after.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="Bytes">Of the uncompressed tar.</param>
/// <param name="StoredBytes">Of the blob.</param>
/// <param name="After">Null where it went.</param>
public sealed record OptimizedLayer(LayerFate Fate, Digest Digest, long Bytes, long StoredBytes, LayerAfter? After, string? Command);

/// <summary>A layer as it was written.</summary>
public sealed record LayerAfter(Digest Digest, Digest DiffId, long Bytes, long StoredBytes);

/// <summary>What becomes of a layer.</summary>
public enum LayerFate { Kept, Rewritten, Removed }

/// <summary>A path that went because its category was not wanted.</summary>
/// <param name="Bytes">Of content that only it had.</param>
public sealed record DroppedPath(string Path, DropCategory Category, long Bytes, int Layer);

/// <summary>A path of an unwanted category that stays.</summary>
public sealed record KeptPath(string Path, DropCategory Category, string Why);
