using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Reports;

/// <summary>What the formats call an image.</summary>
internal static class Naming
{
    /// <summary>Its reference, or the beginning of its digest where it has none.</summary>
    public static string Name(this ImageReport image) => image.Image.Reference ?? image.Image.ConfigDigest.Short;

    /// <summary>The same for every version of it: the reference without tag and digest; <c>image</c> where it has none.</summary>
    public static string Repository(this ImageReport image) => image.Image.Reference is { } reference
        ? ImageName.TryParse(reference, null, out var name) ? $"{name.Registry}/{name.Repository}" : reference
        : "image";

    /// <summary>The tag, or the beginning of the digest where there is none.</summary>
    public static string Version(this ImageReport image) =>
        ImageName.TryParse(image.Image.Reference, null, out var name) && name.Tag is { } tag ? tag : (image.Image.ManifestDigest ?? image.Image.ConfigDigest).Short;
}
