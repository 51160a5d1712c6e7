using Plimsoll.Client;
using Plimsoll.Engine.Images;

namespace Plimsoll.Cli.Server;

/// <summary>The images of a server that a word on the command line means.</summary>
internal static class KnownImages
{
    const int ShortDigits = 12;

    /// <summary>Empty: the server knows none.</summary>
    /// <exception cref="PlimsollException">There is no such inspection or image.</exception>
    public static async Task<IReadOnlyList<ImageBody>> Find(PlimsollClient client, string word, IReadOnlyList<Platform> platforms, CancellationToken ct)
    {
        var found = Guid.TryParse(word, out var id) ? await OfInspection(client, id, ct)
            : Digest.TryParse(word, null, out _) ? [await client.Images.Get(word, ct)]
            : IsShort(word) && await OfDigits(client, word, ct) is { } one ? [one]
            : await Named(client, word, ct);
        return platforms.Count == 0 ? found : [.. found.Where(image => platforms.Any(platform => platform.ToString() == image.Platform))];
    }

    /// <summary>The whole digest for its first digits; everything else as it is.</summary>
    public static async Task<string> Whole(PlimsollClient client, string word, CancellationToken ct) =>
        IsShort(word) && await OfDigits(client, word, ct) is { } image ? image.Digest : word;

    /// <summary>Of each platform the image with this name that was inspected last.</summary>
    public static async Task<IReadOnlyList<ImageBody>> Named(PlimsollClient client, string word, CancellationToken ct)
    {
        var images = new List<ImageBody>();
        foreach (var name in new[] { word, ImageName.TryParse(word, null, out var whole) ? whole.ToString() : word }.Distinct())
            await foreach (var image in client.Images.All(name, ct))
                images.Add(image);
        return [.. images.GroupBy(image => image.Platform).Select(group => group.MaxBy(image => image.InspectedAt)!).OrderBy(image => image.Platform, StringComparer.Ordinal)];
    }

    static async Task<IReadOnlyList<ImageBody>> OfInspection(PlimsollClient client, Guid id, CancellationToken ct)
    {
        var images = new List<ImageBody>();
        foreach (var digest in (await client.Inspections.Get(id, ct)).Images)
            images.Add(await client.Images.Get(digest, ct));
        return images;
    }

    public static string Short(ImageBody image) => Digest.TryParse(image.Digest)?.Short ?? image.Digest;

    static bool IsShort(string word) => word.Length is >= ShortDigits and < 64 && word.All(char.IsAsciiHexDigitLower);

    static async Task<ImageBody?> OfDigits(PlimsollClient client, string digits, CancellationToken ct)
    {
        await foreach (var image in client.Images.All(null, ct))
            if (image.Digest.AsSpan(image.Digest.IndexOf(':', StringComparison.Ordinal) + 1).StartsWith(digits, StringComparison.Ordinal))
                return image;
        return null;
    }
}
