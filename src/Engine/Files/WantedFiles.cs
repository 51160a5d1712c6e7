using Plimsoll.Engine.Checks;

namespace Plimsoll.Engine.Files;

/// <summary>Which contents are kept while a layer streams past: what some check will read.</summary>
internal static class WantedFiles
{
    /// <summary>A key or a credential file that is larger than this is something else.</summary>
    const int CredentialBytes = 64 << 10;

    /// <param name="path">In normal form.</param>
    /// <param name="size">Bytes; −1 for a sparse file.</param>
    public static bool Wants(ReadOnlySpan<byte> path, long size) =>
        path.StartsWith("etc/"u8) && IsSystemFile(path["etc/"u8.Length..])
        || path.SequenceEqual("usr/lib/os-release"u8)
        || size <= CredentialBytes && CredentialFiles.Wants(path);

    static bool IsSystemFile(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("passwd"u8) || name.SequenceEqual("shadow"u8) || name.SequenceEqual("group"u8)
        || name.SequenceEqual("os-release"u8) || name.SequenceEqual("alpine-release"u8) || name.SequenceEqual("debian_version"u8);
}
