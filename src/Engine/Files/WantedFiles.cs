using System.Text;
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

    /// <summary>Of a credential file only what it holds is kept, and of accounts all but their passwords: an index is stored, and stores no secrets.</summary>
    public static byte[]? Reduce(string path, byte[] content) => path switch
    {
        "etc/passwd" or "etc/group" or "etc/shadow" => Accounts.WithoutPasswords(content),
        _ when Encoding.UTF8.GetBytes(path) is var bytes && CredentialFiles.Wants(bytes) => CredentialFiles.WhatIs(bytes, content) is { } what ? Encoding.UTF8.GetBytes(what) : null,
        _ => content,
    };

    static bool IsSystemFile(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("passwd"u8) || name.SequenceEqual("shadow"u8) || name.SequenceEqual("group"u8)
        || name.SequenceEqual("os-release"u8) || name.SequenceEqual("alpine-release"u8) || name.SequenceEqual("debian_version"u8);
}
