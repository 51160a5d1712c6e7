namespace Plimsoll.Client;

/// <summary>What a reference points at.</summary>
/// <param name="Image">The reference in full.</param>
/// <param name="Digest">Of the manifest, or of the index where there are several platforms.</param>
/// <param name="Platforms">Such as <c>linux/arm64</c>.</param>
public sealed record ResolutionBody(string Image, string Digest, IReadOnlyList<string> Platforms);
