using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Packages;

namespace Plimsoll.Engine.Reports.Sbom;

/// <summary>What an SBOM is about, in the words that its formats share. Nothing here depends on the clock or on chance.</summary>
internal static class SbomSubject
{
    /// <summary>
    /// The repository, such as <c>docker.io/library/webapp</c>; the reference as it stands where it names none, and the beginning of the
    /// configuration's digest where there is none.
    /// </summary>
    public static string NameOf(ImageIdentity image) =>
        Parsed(image) is { } name ? $"{name.Registry}/{name.Repository}" : image.Reference is { Length: > 0 } text ? text : image.ConfigDigest.Short;

    /// <summary>The digest of the manifest; of the configuration, which Docker calls the image's id, where the source keeps no manifest.</summary>
    public static Digest VersionOf(ImageIdentity image) => image.ManifestDigest ?? image.ConfigDigest;

    /// <summary>Package URL of type <c>oci</c>; null without a manifest digest, which is its version, or a repository, which is its name.</summary>
    public static string? UrlOf(ImageIdentity image)
    {
        if (image.ManifestDigest is not { } digest || Parsed(image) is not { } name)
            return null;
        var repository = $"{name.Registry}/{name.Repository}";
        return PackageUrl.Of(
            new InstalledPackage("oci", repository[(repository.LastIndexOf('/') + 1)..], digest.Value)
            {
                Architecture = image.Platform.Architecture,
                Qualifiers = [new("repository_url", repository), new("tag", name.Tag ?? "")],
            },
            os: null);
    }

    /// <summary>Whether a container has the package. What a layer took away again is no part of the image's software.</summary>
    public static bool Holds(PackageReport package) => package.RemovedIn is null;

    /// <summary>What a document is called: as its images are, where they are all called the same.</summary>
    public static string NameOf(Report report) =>
        report.Images.Select(image => NameOf(image.Image)).Distinct(StringComparer.Ordinal).ToList() is [var only] ? only
        : $"{report.Images.Count} images";

    /// <summary>When the newest of the images was made, by their own word: not the clock. Null when none says.</summary>
    public static DateTimeOffset? CreatedOf(Report report) => report.Images.Max(image => image.Image.Created);

    /// <summary>ISO 8601 in UTC to the second, which both formats want.</summary>
    public static string Show(DateTimeOffset moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// A UUID of version 8 (RFC 9562, 5.8): the first bits of a SHA-256 over the format, this program's version and what names the images.
    /// The same images give the same one; another version of the program, which may see more in them, gives another.
    /// </summary>
    public static Guid IdOf(string format, Report report)
    {
        var text = new StringBuilder($"{format}\n{Product.Name} {Product.Version}\n");
        foreach (var image in report.Images.Select(image => image.Image))
            text.Append(CultureInfo.InvariantCulture, $"{image.Reference}\n{image.ManifestDigest}\n{image.ConfigDigest}\n{image.Platform}\n");
        var id = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16);
        id[6] = (byte)(0x80 | id[6] & 0x0f);
        id[8] = (byte)(0x80 | id[8] & 0x3f);
        return new Guid(id, bigEndian: true);
    }

    static ImageName? Parsed(ImageIdentity image) => ImageName.TryParse(image.Reference, null, out var name) ? name : null;
}
