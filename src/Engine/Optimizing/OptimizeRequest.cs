using Plimsoll.Engine.Bases;

namespace Plimsoll.Engine.Optimizing;

/// <summary>What to make smaller, and how.</summary>
/// <param name="Image">Of a source with several images exactly one must be meant.</param>
public sealed record OptimizeRequest(InspectionRequest Image)
{
    /// <summary>How many of the lowest layers stay byte for byte; null: those of the base, as far as it can be told.</summary>
    public int? KeptLayers { get; init; }

    /// <summary>Images on which it may have been built.</summary>
    public IReadOnlyList<BaseCandidate> Bases { get; init; } = [];

    /// <summary>Leftovers that go although they can be seen.</summary>
    public IReadOnlyList<DropCategory> Drop { get; init; } = [];

    /// <summary><c>gzip</c> or <c>zstd</c> for the layers above the base; null: as they are.</summary>
    public LayerFormat? Compression { get; init; }

    /// <summary>Of the compression, for layers that are written anew.</summary>
    public int? Level { get; init; }
}
