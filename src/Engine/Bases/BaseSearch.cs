using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Bases;

/// <summary>An image on which others may have been built.</summary>
/// <param name="Name">The reference that it goes by; null where it has none.</param>
/// <param name="DiffIds">Of its layers, from the lowest up.</param>
public sealed record BaseCandidate(string? Name, Digest Digest, IReadOnlyList<Digest> DiffIds);

/// <summary>The images of a source as bases of others.</summary>
/// <param name="Failures">What could not be read.</param>
public sealed record BaseCandidates(IReadOnlyList<BaseCandidate> Images, IReadOnlyList<Reports.Failure> Failures);

/// <summary>Tells by the layers which of some images another was built on.</summary>
public static class BaseSearch
{
    /// <summary>The candidate that has the most layers of those whose layers are the lowest of the image, and not all of them; of several such the first. Null where there is none.</summary>
    /// <param name="diffIds">Of the image's layers, from the lowest up.</param>
    public static BaseImage? Of(IReadOnlyList<Digest> diffIds, IEnumerable<BaseCandidate> candidates, BaseEvidence by) =>
        candidates.Where(one => one.DiffIds.Count > 0 && one.DiffIds.Count < diffIds.Count && Shared(diffIds, one.DiffIds) == one.DiffIds.Count)
            .MaxBy(one => one.DiffIds.Count) is { } found ? new BaseImage(found.Name, found.Digest, found.DiffIds.Count, by) : null;

    /// <summary>Why the image was built on none of them, of which the nearest counts: a sentence without a full stop.</summary>
    /// <param name="candidates">At least one.</param>
    public static string WhyNot(IReadOnlyList<Digest> diffIds, IEnumerable<BaseCandidate> candidates)
    {
        var nearest = candidates.MaxBy(one => Shared(diffIds, one.DiffIds))!.DiffIds;
        return Shared(diffIds, nearest) switch
        {
            _ when nearest.Count == 0 => "it has no layers",
            var shared when shared == diffIds.Count => nearest.Count == shared ? "it has the very layers of the image" : $"it has all {shared} layers of the image and {nearest.Count - shared} more, and may be built on the image",
            var shared => $"they part at layer {shared}, which is {diffIds[shared].Short} in the image and {nearest[shared].Short} in the base",
        };
    }

    static int Shared(IReadOnlyList<Digest> one, IReadOnlyList<Digest> other) => one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
}
