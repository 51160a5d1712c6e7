using System.Text;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Bases;

/// <summary>
/// One digest for a stack of layers (OCI image specification, config.md, "Layer ChainID"): images have the same exactly where all their layers
/// are the same, so that a database finds by it what an image was built on.
/// </summary>
public static class ChainId
{
    /// <summary>For each layer that of the stack which ends with it.</summary>
    /// <param name="diffIds">From the lowest up.</param>
    public static IReadOnlyList<Digest> Of(IReadOnlyList<Digest> diffIds)
    {
        var chain = new List<Digest>(diffIds.Count);
        foreach (var layer in diffIds)
            chain.Add(chain is [.., var below] ? Digest.Of(Encoding.UTF8.GetBytes($"{below} {layer}")) : layer);
        return chain;
    }
}
