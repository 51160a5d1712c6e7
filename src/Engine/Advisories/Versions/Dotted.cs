using System.Buffers;

namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>Text between dots, as it stands in versions of the form of SemVer.</summary>
internal static class Dotted
{
    /// <summary>What an identifier is made of (SemVer 2.0.0, paragraphs 9 and 10).</summary>
    public static readonly SearchValues<char> Identifier = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Takes what is before the first dot off <paramref name="rest"/>, and the dot.</summary>
    public static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> rest)
    {
        var dot = rest.IndexOf('.');
        var part = dot < 0 ? rest : rest[..dot];
        rest = dot < 0 ? default : rest[(dot + 1)..];
        return part;
    }
}
