using System.Buffers;
using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Secrets;

/// <summary>Whether a value looks like one that somebody or something made up to be secret, and not like a word, a name, a setting or code.</summary>
internal static partial class MadeUpValues
{
    const double LeastEntropy = 3;

    static readonly SearchValues<char> OfCode = SearchValues.Create("()[]{}<>`\\ \t");

    public static bool Contains(string value) =>
        !value.AsSpan().ContainsAny(OfCode)
        && value.Any(char.IsAsciiDigit) && value.Any(char.IsAsciiLetter) && Ascii(value)
        && !SecretValues.IsHarmless(value, password: true) && !Words().IsMatch(value) && !Identifier().IsMatch(value) && !Address().IsMatch(value)
        && Shannon.BitsPerCharacter(value) >= LeastEntropy;

    static bool Ascii(string value) => value.All(char.IsAscii);

    // oauth2-token, user.password1, redis-master-0, en_GB.utf8: words with at most two digits after each.
    [GeneratedRegex("^[@#.]?(?>(?:[A-Za-z]{0,40}[0-9]{0,2}|[0-9]{3,9})[-_.:/,+@|&?!=]{1,3})*(?:[A-Za-z]{0,40}[0-9]{0,2}|[0-9]{3,9})[-_.:/?!=]{0,2}\\z")]
    private static partial Regex Words();

    // V1SecretVolumeSource, UTF8String, ec2SecretKey: one number inside, and words around it. UTF8string of Pascal, name$1 of a bundler.
    [GeneratedRegex("^(?:[A-Za-z_][A-Za-z0-9_]{0,30}\\.){0,4}(?:[A-Za-z]{0,30}[0-9]{1,2}(?:[A-Z][a-z]{2,20}){1,8}|[A-Z]{2,10}[0-9]{1,2}[a-z]{3,20}|[A-Za-z_]{1,60}\\$[0-9]{1,3});?\\z")]
    private static partial Regex Identifier();

    // A host and a port, a version, a URN, a time, an address: settings that stand under such names by mistake or for another reason.
    [GeneratedRegex("^(?:[a-z][a-z0-9+.-]{0,20}://|urn:|arn:|[0-9]{1,3}(?:\\.[0-9]{1,3}){2,3}(?::[0-9]{1,5})?\\z|[v~^]?[0-9]{1,4}\\.[0-9]{1,4}\\.|sha(?:1|256|384|512)[-:=]|[0-9]{4}-[0-9]{2}-[0-9]{2}T|pkcs11:|\\$|vault:|file:|[a-z0-9.-]{3,60}:[0-9]{2,5}\\z)")]
    private static partial Regex Address();
}
