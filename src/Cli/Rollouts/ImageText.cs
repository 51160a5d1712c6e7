using System.Text.RegularExpressions;

namespace Plimsoll.Cli.Rollouts;

/// <summary>Digests in what people read: the first twelve digits, as everywhere.</summary>
internal static partial class ImageText
{
    /// <summary>Every digest in a text shortened: <c>shop/web:1.4@sha256:3f9a0c1b2d4e</c>.</summary>
    public static string Short(string text) => WholeDigest().Replace(text, "$1");

    /// <summary>A digest without its algorithm, for a column.</summary>
    public static string Digits(string digest) => Short(digest) is var text && text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? text[(colon + 1)..] : text;

    [GeneratedRegex("(sha(?:256|512):[0-9a-f]{12})[0-9a-f]{52,116}")]
    private static partial Regex WholeDigest();
}
