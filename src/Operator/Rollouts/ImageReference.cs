namespace Plimsoll.Operator.Rollouts;

/// <summary>References as people write them in a pod: name, tag, digest.</summary>
internal static class ImageReference
{
    /// <summary>The digest that is part of it; null: it has none.</summary>
    public static string? DigestOf(string image) => image.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at ? image[(at + 1)..] : null;

    /// <summary>The same name at a digest. A tag stays for people to read; the digest decides.</summary>
    public static string At(string image, string digest) => $"{(image.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at ? image[..at] : image)}@{digest}";

    /// <summary>The name alone at a digest, as a registry is asked for it.</summary>
    public static string Exactly(string image, string digest)
    {
        var name = image.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at ? image[..at] : image;
        var colon = name.LastIndexOf(':');
        return $"{(colon > name.LastIndexOf('/') ? name[..colon] : name)}@{digest}";
    }

    /// <summary>The first twelve digits, for people.</summary>
    public static string Short(string digest) => digest.IndexOf(':', StringComparison.Ordinal) is var colon && digest.Length > colon + 13 ? digest[(colon + 1)..(colon + 13)] : digest;

    /// <summary>The service's <c>words-with-dashes</c> as the reasons of conditions are written.</summary>
    public static string Camel(string words) => string.Concat(words.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
