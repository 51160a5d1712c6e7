namespace Plimsoll.Store.Inspections;

/// <summary>How far one layer of a running inspection is.</summary>
/// <param name="Layer">The first digits of its digest.</param>
/// <param name="Read">Bytes read so far.</param>
/// <param name="Total">Null where the source does not say.</param>
internal sealed record LayerStep(string Layer, long Read, long? Total);
