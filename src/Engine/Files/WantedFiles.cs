using Plimsoll.Engine.Packages;

namespace Plimsoll.Engine.Files;

/// <summary>Which contents are kept while a layer streams past: what some package reader or check will read.</summary>
internal static class WantedFiles
{
    /// <summary>A key or a credential file that is larger than this is something else.</summary>
    const int CredentialBytes = 64 << 10;

    /// <param name="path">In normal form.</param>
    /// <param name="size">Bytes; −1 for a sparse file.</param>
    public static bool Wants(ReadOnlySpan<byte> path, long size) =>
        path.StartsWith("etc/"u8) && IsSystemFile(path["etc/"u8.Length..])
        || path.SequenceEqual("usr/lib/os-release"u8)
        || size <= CredentialBytes && MayHoldKey(PathText.Name(path))
        || PackageReaders.Wants(path);

    static bool IsSystemFile(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("passwd"u8) || name.SequenceEqual("shadow"u8) || name.SequenceEqual("group"u8)
        || name.SequenceEqual("os-release"u8) || name.SequenceEqual("alpine-release"u8) || name.SequenceEqual("debian_version"u8);

    static bool MayHoldKey(ReadOnlySpan<byte> name) =>
        name.StartsWith("id_"u8) || name.EndsWith(".pem"u8) || name.EndsWith(".key"u8) || name.SequenceEqual(".env"u8) || name.StartsWith(".env."u8)
        || name.SequenceEqual("credentials"u8) || name.SequenceEqual("config.json"u8) || name.SequenceEqual(".dockercfg"u8) || name.SequenceEqual(".netrc"u8)
        || name.SequenceEqual(".npmrc"u8) || name.SequenceEqual(".pypirc"u8) || name.SequenceEqual(".git-credentials"u8) || name.SequenceEqual(".pgpass"u8);
}
