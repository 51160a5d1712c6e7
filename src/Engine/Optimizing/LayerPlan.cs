namespace Plimsoll.Engine.Optimizing;

/// <summary>What becomes of a layer.</summary>
/// <param name="Splices">In the order of the tar; none: it stays as it is.</param>
/// <param name="IsEmpty">Nothing would be left in it.</param>
internal sealed record LayerPlan(IReadOnlyList<Splice> Splices, bool IsEmpty)
{
    /// <summary>How many bytes less the tar has.</summary>
    public long Saved => Splices.Sum(splice => splice.End - splice.Start - splice.Instead.Length);

    /// <param name="left">What stays of the layer, in the same order, and stubs where the entries began for which they stand.</param>
    public static LayerPlan Of(LayerFacts layer, LayerFacts left)
    {
        var splices = new List<Splice>();
        var next = 0;
        for (var i = 0; i < layer.Table.Count; i++)
        {
            var stubs = new List<byte>();
            for (; next < left.Table.Count && left[next] is { Stub: { } stub } && left[next].Start == layer[i].Start; next++)
                stubs.AddRange(stub);
            if (next < left.Table.Count && left[next].Stub is null && left[next].Start == layer[i].Start)
                next++;
            else if (stubs.Count == 0 && splices is [.., var last] && last.End == layer[i].Start)
                splices[^1] = last with { End = layer[i].End };
            else
                splices.Add(new Splice(layer[i].Start, layer[i].End, [.. stubs]));
        }
        return new LayerPlan(splices, left.Table.Count == 0 && splices.Count > 0 && !layer.HasMore);
    }
}

/// <summary>Bytes of a tar that go.</summary>
/// <param name="Instead">What stands in their place; mostly nothing.</param>
internal readonly record struct Splice(long Start, long End, byte[] Instead);
