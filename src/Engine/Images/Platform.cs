using System.Diagnostics.CodeAnalysis;

namespace Plimsoll.Engine.Images;

/// <summary>
/// What an image runs on, in the form <c>os/architecture[/variant]</c> (OCI image specification, image-index.md, "platform").
/// </summary>
public sealed record Platform(string Os, string Architecture, string? Variant = null) : IParsable<Platform>
{
    /// <summary>Attestation manifests carry this platform; it is never an image.</summary>
    internal bool IsUnknown => Os == "unknown" && Architecture == "unknown";

    /// <summary>
    /// Whether this image platform answers a request for <paramref name="asked"/>. A request without a variant takes any;
    /// arm64 has the implied variant v8 (containerd platforms).
    /// </summary>
    public bool Answers(Platform asked) =>
        Os == asked.Os && Architecture == asked.Architecture && (asked.Variant is null || Normal(this) == Normal(asked));

    public static Platform Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var platform) ? platform : throw new FormatException($"'{s}' is not a platform (os/architecture[/variant], such as linux/arm64)");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Platform result)
    {
        var parts = s?.Split('/') ?? [];
        result = parts.Length is 2 or 3 && parts.All(IsPart) ? new Platform(parts[0], parts[1], parts.ElementAtOrDefault(2)) : null;
        return result is not null;
    }

    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";

    static string? Normal(Platform p) => p is { Architecture: "arm64", Variant: null } ? "v8" : p.Variant;

    static bool IsPart(string part) => part.Length is > 0 and <= 32 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
}
