namespace Plimsoll.Client;

/// <summary>What a reference points at.</summary>
/// <param name="Image">The reference in full.</param>
/// <param name="Digest">Of the manifest, or of the index where there are several platforms.</param>
public sealed record ResolutionBody(string Image, string Digest, IReadOnlyList<ResolvedPlatformBody> Platforms);

/// <param name="Platform">Such as <c>linux/arm64</c>.</param>
/// <param name="Digest">Of the manifest of this platform.</param>
public sealed record ResolvedPlatformBody(string Platform, string Digest);

/// <summary>A question for what a reference points at, with a login of the caller's.</summary>
/// <param name="Credentials">For the registry; they are used for this question and kept nowhere. Null: the service's own.</param>
public sealed record ResolutionRequestBody(string Image, CredentialsBody? Credentials = null);
