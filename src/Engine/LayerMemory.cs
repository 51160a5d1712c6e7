using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine;

/// <summary>Where layers that were read once are known from, so that an image on a known base costs only its own layers.</summary>
/// <param name="Find">The index of the layer with this digest, of its stored blob or its diff id; null when it is not known.</param>
/// <param name="Keep">Takes the index of a layer that was just read.</param>
public sealed record LayerMemory(Func<Digest, CancellationToken, ValueTask<LayerIndex?>> Find, Func<LayerIndex, CancellationToken, ValueTask> Keep);
