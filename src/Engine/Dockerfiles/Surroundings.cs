using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Dockerfiles.Caching;
using Plimsoll.Engine.Dockerfiles.Contexts;

namespace Plimsoll.Engine.Dockerfiles;

/// <summary>
/// What belongs to a Dockerfile: the folder that its build is given, what a change there rebuilds, and the image that came of it. Each is null where
/// it was not asked for.
/// </summary>
public sealed record Surroundings(ContextReport? Context, CacheReport? Cache, ImageAttribution? Image)
{
    public static Surroundings None { get; } = new(null, null, null);
}
