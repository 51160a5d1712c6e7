using Plimsoll.Engine.Images;
using Plimsoll.Engine.Packages;

namespace Plimsoll.Engine.Vex;

/// <summary>A product of a statement, as it is compared.</summary>
internal sealed class VexScope
{
    readonly List<Digest> _digests = [];
    readonly List<ImageName> _names = [];
    readonly List<Purl> _images = [];
    readonly List<Purl> _packages = [];
    readonly List<Purl> _components = [];
    readonly VexProduct _product;

    VexScope(VexProduct product) => _product = product;

    public static VexScope Of(VexProduct product)
    {
        var scope = new VexScope(product);
        foreach (var id in product.Ids)
            if (Purl.Parse(id) is { } purl)
                (purl.IsImage ? scope._images : scope._packages).Add(purl);
            else if (Digest.TryParse(id, null, out var digest))
                scope._digests.Add(digest);
            // An address is a name of a document, and no reference to an image.
            else if (!id.Contains("://", StringComparison.Ordinal) && ImageName.TryParse(id, null, out var name))
                scope._names.Add(name);
        scope._components.AddRange(product.Components.Select(Purl.Parse).OfType<Purl>());
        return scope;
    }

    /// <summary>Whether anything of it can be compared with images and packages.</summary>
    public bool IsComparable => IsOfImage || _packages.Count > 0;

    /// <summary>As the statement names it.</summary>
    public string Name => (_product.Ids.FirstOrDefault(id => id.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase)) ?? _product.Ids[0]) is var name && _product.Components is [var first, ..]
        ? $"{first}{(_product.Components.Count > 1 ? $" and {_product.Components.Count - 1} more" : "")} in {name}" : name;

    bool IsOfImage => _digests.Count + _names.Count + _images.Count > 0;

    /// <summary>Whether it is about this package of this image.</summary>
    /// <param name="package">Null where its package URL cannot be read: then only what is about the whole image is about it.</param>
    public VexFit Fits(Purl? package, VexSubject subject)
    {
        var isImage = _digests.Exists(subject.Is) || _names.Exists(subject.Is) || _images.Exists(subject.Is);
        if (isImage)
            return _product.Components.Count == 0 ? VexFit.Yes : OfPackages(_components, package);
        if (IsOfImage && _packages.Count == 0)
            return _product.Components.Count == 0 || OfPackages(_components, package).Rank <= VexRank.OtherVersion ? new(VexRank.OtherImage, "it is about another image") : VexFit.OtherPackage;
        var own = OfPackages(_packages, package);
        // The same library may be elsewhere in the image, where nobody said anything of it.
        if (own.Rank == VexRank.OtherPackage && _product.Components.Count > 0 && OfPackages(_components, package).Rank == VexRank.Fits)
            return new(VexRank.OtherImage, "it is about this package as a part of another one, and not as a part of this image");
        return own.Rank == VexRank.Fits && _product.Within is { } platform && !_packages.Exists(one => PackageUrl.IsOfSystem(one.Type) && one.Version is not null && package is not null && one.IsSamePackage(package) && one.WhyNot(package) is null)
            ? new(VexRank.OtherImage, $"it is about {(PackageUrl.IsOfSystem(package!.Type) ? "all versions" : "a part")} on {platform}, and nothing tells whether that is this image") : own;
    }

    static VexFit OfPackages(List<Purl> stated, Purl? package)
    {
        if (package is null)
            return VexFit.OtherPackage;
        var reasons = stated.Where(one => one.IsSamePackage(package)).Select(one => one.WhyNot(package)).ToList();
        return reasons.Count == 0 ? VexFit.OtherPackage : reasons.Contains(null) ? VexFit.Yes : new(VexRank.OtherVersion, reasons[0]);
    }
}

/// <param name="WhyNot">One sentence without a full stop; null where it fits.</param>
internal sealed record VexFit(VexRank Rank, string? WhyNot)
{
    public static VexFit Yes { get; } = new(VexRank.Fits, null);

    public static VexFit OtherPackage { get; } = new(VexRank.OtherPackage, "it is about other packages");
}

/// <summary>How near a statement is to what it is held against, the nearest first.</summary>
internal enum VexRank { Fits, OtherVersion, OtherImage, OtherPackage }
