using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Optimizing;

/// <summary>A layer as it was written.</summary>
public sealed record LayerAfter(Digest Digest, Digest DiffId, long Bytes, long StoredBytes);
