using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Bases;

/// <summary>Which part of an image's vulnerabilities is its base's.</summary>
public static class Attribution
{
    /// <summary>The report of an image that was built on <paramref name="known"/>, with what each of its vulnerabilities has to do with that.</summary>
    public static ImageReport WithBase(this ImageReport image, BaseImage? known) => image with
    {
        Base = known,
        Vulnerabilities = image.Vulnerabilities is { } all ? [.. all.Select(one => one with { FromBase = known?.Brought(one.Layer) })] : null,
    };
}

/// <summary>How many of an image's vulnerabilities its base brought. Those that nobody has reviewed are not counted, nor those that a statement sets aside.</summary>
/// <param name="All">Those of the whole image, at least one.</param>
/// <param name="Fixable">Those of the base that a later version does not have.</param>
public sealed record BaseShare(BaseImage Base, int All, int FromBase, int Fixable)
{
    /// <summary>Null where there is nothing to share, or it is not known what came from the base.</summary>
    public static BaseShare? Of(ImageReport image)
    {
        if (image is not { Base: { Layers: not null } known, Vulnerabilities: { } found } || found.Where(one => !one.Unconfirmed && !one.IsSetAside).ToList() is not { Count: > 0 } all)
            return null;
        return new BaseShare(known, all.Count, all.Count(one => one.FromBase is true), all.Count(one => one is { FromBase: true, IsFixedLater: true }));
    }

    /// <summary>A sentence without a full stop, as <c>12 of 15 come from the base image debian:12 (layers 0 to 1): a newer one may mend 9 of them</c>.</summary>
    public override string ToString() => FromBase == 0 ? $"none of {All} comes from the base image {Base.Shown} ({Layers})"
        : $"{FromBase} of {All} {(FromBase == 1 ? "comes" : "come")} from the base image {Base.Shown} ({Layers}): {Hope}";

    string Hope => Fixable == 0 ? "no fix is named for any of them" : Fixable == FromBase ? "a newer one may mend all of them" : $"a newer one may mend {Fixable} of them";

    string Layers => Base.Layers == 1 ? "layer 0" : $"layers 0 to {Base.Layers - 1}";
}
