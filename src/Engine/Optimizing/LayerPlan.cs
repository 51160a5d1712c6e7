namespace Plimsoll.Engine.Optimizing;

/// <summary>What becomes of a layer.</summary>
/// <param name="Splices">In the order of the tar; none: it stays as it is.</param>
/// <param name="IsEmpty">Nothing would be left in it.</param>
internal sealed record LayerPlan(IReadOnlyList<Splice> Splices, bool IsEmpty)
{
    /// <summary>How many bytes less the tar has.</summary>
    public long Saved => Splices.Sum(splice => splice.End - splice.Start - splice.Instead.Length);
}

/// <summary>Bytes of a tar that go.</summary>
/// <param name="Instead">What stands in their place; mostly nothing.</param>
internal readonly record struct Splice(long Start, long End, byte[] Instead);
