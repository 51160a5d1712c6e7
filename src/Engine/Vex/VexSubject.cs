using Plimsoll.Engine.Images;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Vex;

/// <summary>What an image is known by, so that a statement may be about it.</summary>
/// <param name="Digests">Of its manifest, its configuration and the indexes that it was found in.</param>
/// <param name="Names">References that it was inspected by.</param>
internal sealed record VexSubject(IReadOnlySet<string> Digests, IReadOnlyList<ImageName> Names)
{
    /// <param name="others">Digests and references that it was asked for by. What an archive calls the image itself anybody may write there, and is none of these.</param>
    public static VexSubject Of(ImageIdentity image, IEnumerable<string> others)
    {
        var texts = others.Distinct(StringComparer.Ordinal).ToList();
        var names = texts.Select(text => Digest.TryParse(text, null, out _) || !ImageName.TryParse(text, null, out var name) ? null : name).OfType<ImageName>().ToList();
        return new VexSubject(
            texts.Where(text => Digest.TryParse(text, null, out _)).Concat(names.Select(name => name.Digest?.Value)).Append(image.ManifestDigest?.Value).Append(image.ConfigDigest.Value)
                .OfType<string>().ToHashSet(StringComparer.Ordinal), names);
    }

    public bool Is(Digest digest) => Digests.Contains(digest.Value);

    /// <summary>Whether it was inspected by this reference. One with a digest is what that is, whatever its name.</summary>
    public bool Is(ImageName name) => name.Digest is { } digest ? Is(digest) : Names.Any(its => (its.Registry, its.Repository, its.Tag) == (name.Registry, name.Repository, name.Tag));

    /// <summary>Whether a package URL of the type oci or docker is this image (purl-spec, "oci" and "docker").</summary>
    public bool Is(Purl image)
    {
        // Content is what it is, wherever it was pulled from.
        if (Digest.TryParse(image.Version, null, out var digest))
            return Is(digest);
        var tag = image.Type == "docker" ? image.Version ?? image.Qualifiers.GetValueOrDefault("tag") : image.Version is null ? image.Qualifiers.GetValueOrDefault("tag") : null;
        return (image.Version is null || image.Type == "docker") && Names.Any(name => IsIn(image, name) && (tag is null || tag == name.Tag));
    }

    static bool IsIn(Purl image, ImageName name)
    {
        var path = image.Namespace.Length == 0 ? image.Name : $"{image.Namespace}/{image.Name}";
        var repository = image.Qualifiers.GetValueOrDefault("repository_url");
        if (image.Type == "oci")
            return name.Repository.Split('/')[^1] == image.Name && (repository is null || repository == $"{name.Registry}/{name.Repository}");
        return (repository is null ? name.Registry == "docker.io" : repository.Split("//")[^1].TrimEnd('/') == name.Registry) && (name.Repository == path || name.Repository == $"library/{path}");
    }
}
