using System.Text;

namespace Plimsoll.Engine.Packages.Java;

/// <summary>Which files are archives of Java.</summary>
internal static class JarSuffix
{
    /// <summary>
    /// Jars, web and enterprise archives; Jenkins plugins; archives of resource adapters, Spring parts, JBoss services, Karaf features and NiFi.
    /// A jar or a web archive may have a script in front, which starts it; the rarer suffixes mean other things too, so there the head counts.
    /// </summary>
    /// <param name="head">Of the content; empty for a file that is.</param>
    public static bool Is(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) => IsName(path) && !head.IsEmpty && (head.StartsWith("PK"u8) || HasEnding(path, "jar"u8) || HasEnding(path, "war"u8));

    public static bool IsName(ReadOnlySpan<byte> path) =>
        path.Length > 4 && path[^4] == '.' && (path[^1] | 0x20) is 'r' or 'i'
        && (HasEnding(path, "jar"u8) || HasEnding(path, "war"u8) || HasEnding(path, "ear"u8) || HasEnding(path, "par"u8) || HasEnding(path, "sar"u8)
            || HasEnding(path, "kar"u8) || HasEnding(path, "nar"u8) || HasEnding(path, "rar"u8) || HasEnding(path, "hpi"u8) || HasEnding(path, "jpi"u8));

    static bool HasEnding(ReadOnlySpan<byte> path, ReadOnlySpan<byte> ending) => Ascii.EqualsIgnoreCase(path[^3..], ending);
}
