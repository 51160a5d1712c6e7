using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Optimizing;

/// <summary>A layer before and after.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="Bytes">Of the uncompressed tar.</param>
/// <param name="StoredBytes">Of the blob.</param>
/// <param name="After">Null where it went.</param>
public sealed record OptimizedLayer(LayerFate Fate, Digest Digest, long Bytes, long StoredBytes, LayerAfter? After, string? Command);
