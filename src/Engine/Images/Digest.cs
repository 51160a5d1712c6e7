using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Plimsoll.Engine.Images;

/// <summary>
/// The content digest of a blob: <c>sha256:</c> or <c>sha512:</c> and lower-case hex
/// (OCI image specification, descriptor.md, "Digests").
/// </summary>
public sealed record Digest : IParsable<Digest>
{
    static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    Digest(string value) => Value = value;

    /// <summary>The whole digest, for example <c>sha256:9f86…</c>.</summary>
    public string Value { get; }

    /// <summary>The part before the colon.</summary>
    public string Algorithm => Value[..Value.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>The part after the colon: lower-case hex.</summary>
    public string Hex => Value[(Value.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>The first twelve hex digits, as people quote a digest.</summary>
    public string Short => Hex[..12];

    internal HashAlgorithmName HashName => Algorithm == "sha512" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;

    /// <summary>The SHA-256 digest of <paramref name="content"/>.</summary>
    public static Digest Of(ReadOnlySpan<byte> content) => FromHash(SHA256.HashData(content));

    /// <summary>A digest from the 32 bytes of a SHA-256 or the 64 of a SHA-512.</summary>
    public static Digest FromHash(ReadOnlySpan<byte> hash) =>
        new((hash.Length == 64 ? "sha512:" : "sha256:") + Convert.ToHexStringLower(hash));

    /// <summary>Whether <paramref name="content"/> has this digest.</summary>
    public bool IsOf(ReadOnlySpan<byte> content) => this == FromHash(CryptographicOperations.HashData(HashName, content));

    public static Digest Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var digest) ? digest : throw new FormatException($"'{s}' is not a digest (sha256:<64 hex> or sha512:<128 hex>)");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Digest result)
    {
        result = IsDigest(s) ? new Digest(s!) : null;
        return result is not null;
    }

    /// <summary>The digest in <paramref name="s"/>, or null when it holds none.</summary>
    public static Digest? TryParse(string? s) => TryParse(s, null, out var digest) ? digest : null;

    public override string ToString() => Value;

    static bool IsDigest(string? s)
    {
        var hex = s switch
        {
            ['s', 'h', 'a', '2', '5', '6', ':', .. var rest] when rest.Length == 64 => rest,
            ['s', 'h', 'a', '5', '1', '2', ':', .. var rest] when rest.Length == 128 => rest,
            _ => null,
        };
        return hex is not null && hex.AsSpan().IndexOfAnyExcept(LowerHex) < 0;
    }
}
