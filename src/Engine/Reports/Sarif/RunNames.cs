namespace Plimsoll.Engine.Reports.Sarif;

/// <summary>
/// What GitHub takes for the category of a run: the text up to the last slash of <c>automationDetails.id</c>. The tag is not part of it, so
/// that the next version of an image closes what the last one had. It is part of it only where two images of one report would be the same.
/// </summary>
internal static class RunNames
{
    public static IReadOnlyList<string> Of(IReadOnlyList<ImageReport> images)
    {
        var alike = images.CountBy(Name).Where(name => name.Value > 1).Select(name => name.Key).ToHashSet(StringComparer.Ordinal);
        return [.. images.Select(image => alike.Contains(Name(image)) ? $"{Name(image)}{image.Version()}/{image.Image.ConfigDigest.Short}/" : Name(image))];
    }

    static string Name(ImageReport image) => $"plimsoll/{image.Repository()}/{image.Image.Platform}/";
}
