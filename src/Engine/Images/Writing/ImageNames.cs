namespace Plimsoll.Engine.Images.Writing;

/// <summary>The names that an archive or layout can give its image.</summary>
internal static class ImageNames
{
    /// <summary>Those of <paramref name="references"/> that have a tag, in their order, once each. An engine refuses a whole archive for one name that is none.</summary>
    public static IReadOnlyList<ImageName> In(IReadOnlyList<string> references) =>
    [
        .. references.Select(reference => ImageName.TryParse(reference, null, out var name) ? name : null)
            .OfType<ImageName>().Where(name => name.Tag is not null).Select(name => name with { Digest = null }).Distinct(),
    ];

    /// <summary>As people write it: without what docker fills in.</summary>
    public static string Familiar(this ImageName name) => name switch
    {
        { Registry: "docker.io", Repository: ['l', 'i', 'b', 'r', 'a', 'r', 'y', '/', .. var repository] } => $"{repository}:{name.Tag}",
        { Registry: "docker.io" } => $"{name.Repository}:{name.Tag}",
        _ => name.ToString(),
    };
}
