using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Bases;

/// <summary>What an image says of its base (OCI image specification, annotations.md, "Pre-Defined Annotation Keys"), in its manifest or, as builders do too, in labels.</summary>
internal static class BaseAnnotations
{
    const string NameKey = "org.opencontainers.image.base.name", DigestKey = "org.opencontainers.image.base.digest";

    /// <summary>Null where it says nothing that names an image.</summary>
    /// <param name="annotations">Of the manifest; null where there is none. Labels come from the base too, and may be about the base of that, so these count first.</param>
    public static BaseImage? Of(IReadOnlyDictionary<string, string>? annotations, IReadOnlyDictionary<string, string> labels) => Of(annotations) ?? Of(labels);

    // "scratch" is what is built on nothing.
    static BaseImage? Of(IReadOnlyDictionary<string, string>? said)
    {
        var name = said?.GetValueOrDefault(NameKey) is { } text and not "scratch" && ImageName.TryParse(text, null, out var parsed) ? parsed.ToString() : null;
        var digest = Digest.TryParse(said?.GetValueOrDefault(DigestKey));
        return name is null && digest is null ? null : new BaseImage(name, digest, null, BaseEvidence.Annotation);
    }
}
