namespace Plimsoll.Client;

/// <summary>What a reference points at now.</summary>
/// <param name="Image">The reference in full.</param>
/// <param name="Digest">Of its manifest, or of its index of several.</param>
public sealed record ResolvedBody(string Image, string Digest, IReadOnlyList<ResolvedPlatformBody> Platforms);

/// <param name="Digest">Of the manifest of this platform.</param>
public sealed record ResolvedPlatformBody(string Platform, string Digest);
