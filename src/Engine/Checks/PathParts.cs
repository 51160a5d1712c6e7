namespace Plimsoll.Engine.Checks;

/// <summary>Questions to paths in normal form, asked of their bytes: a check looks at every file of an image and makes text only of what it names.</summary>
internal static class PathParts
{
    /// <summary>Whether the path is below <paramref name="directory"/>.</summary>
    public static bool IsUnder(this ReadOnlySpan<byte> path, ReadOnlySpan<byte> directory) =>
        path.Length > directory.Length && path[directory.Length] == '/' && path.StartsWith(directory);

    /// <summary>Whether <paramref name="parts"/>, one name or several in a row, is among the directories of the path or is its last name.</summary>
    public static bool HasParts(this ReadOnlySpan<byte> path, ReadOnlySpan<byte> parts)
    {
        for (var from = 0; path[from..].IndexOf(parts) is var found and >= 0; from += found + 1)
        {
            var (start, end) = (from + found, from + found + parts.Length);
            if ((start == 0 || path[start - 1] == '/') && (end == path.Length || path[end] == '/'))
                return true;
        }
        return false;
    }

    /// <summary>Whether it belongs to a package that someone else made: its files are what they are.</summary>
    public static bool IsVendored(this ReadOnlySpan<byte> path) =>
        path.IsUnder("usr/share"u8) || path.IsUnder("usr/lib"u8) || path.IsUnder("usr/src"u8) || path.HasParts("node_modules"u8)
        || path.HasParts("site-packages"u8) || path.HasParts("dist-packages"u8) || path.HasParts("vendor"u8) || path.HasParts("gems"u8)
        || path.HasParts("pkg/mod"u8) || path.HasParts(".cargo/registry"u8);

    /// <summary>Whether it stands where the system looks for programs.</summary>
    public static bool IsProgram(this ReadOnlySpan<byte> path) =>
        path.IsUnder("usr/bin"u8) || path.IsUnder("bin"u8) || path.IsUnder("usr/local/bin"u8) || path.IsUnder("usr/sbin"u8) || path.IsUnder("sbin"u8)
        || path.IsUnder("usr/local/sbin"u8);
}

internal delegate bool PathTest(ReadOnlySpan<byte> path);
