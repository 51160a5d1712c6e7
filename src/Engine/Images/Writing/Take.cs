namespace Plimsoll.Engine.Images.Writing;

/// <summary>Takes bytes in order.</summary>
internal delegate ValueTask Take(ReadOnlyMemory<byte> bytes, CancellationToken ct);
