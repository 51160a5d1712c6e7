namespace Plimsoll.Engine.Files;

/// <summary>The marker files of a layer (OCI image specification, layer.md, "Whiteouts").</summary>
internal static class Whiteout
{
    static ReadOnlySpan<byte> Prefix => ".wh."u8;

    static ReadOnlySpan<byte> Opaque => ".wh..wh..opq"u8;

    /// <summary>Whether a path in normal form is a marker of any kind, AUFS's own bookkeeping included.</summary>
    public static bool Is(ReadOnlySpan<byte> path) => PathText.Name(path).StartsWith(Prefix);

    /// <summary>Whether it hides everything that lower layers have in its directory.</summary>
    public static bool IsOpaque(ReadOnlySpan<byte> path) => PathText.Name(path).SequenceEqual(Opaque);

    /// <summary>The name that it deletes from its directory; empty when it deletes none.</summary>
    public static ReadOnlySpan<byte> Deleted(ReadOnlySpan<byte> path)
    {
        var name = PathText.Name(path);
        return name.StartsWith(Prefix) && !name.StartsWith(".wh..wh."u8) ? name[Prefix.Length..] : default;
    }
}
