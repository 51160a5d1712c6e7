using System.Buffers;

namespace Plimsoll.Engine.Packages.Java;

/// <summary>What Maven calls an artifact (maven.apache.org/pom.html, "Maven Coordinates").</summary>
internal sealed record Coordinates(string Group, string Artifact, string Version)
{
    const int Characters = 200;

    static readonly SearchValues<char> Ids = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");
    static readonly SearchValues<char> VersionCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+~");

    /// <summary>Null where a part is missing, or has characters that Maven does not allow there: a placeholder that no build has filled in.</summary>
    public static Coordinates? Of(string? group, string? artifact, string? version) =>
        IsId(group) && IsId(artifact) && IsVersion(version) ? new Coordinates(group!, artifact!, version!) : null;

    public static bool IsId(string? text) => text is { Length: > 0 and <= Characters } && !text.AsSpan().ContainsAnyExcept(Ids);

    public static bool IsVersion(string? text) => text is { Length: > 0 and <= Characters } && !text.AsSpan().ContainsAnyExcept(VersionCharacters);

    public override string ToString() => $"{Group}:{Artifact}";
}
