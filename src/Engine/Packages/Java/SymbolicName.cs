namespace Plimsoll.Engine.Packages.Java;

/// <summary>
/// A reverse domain name that an archive has: of its bundle, its module or its classes. Builds make it of group and artifact, and say only
/// once what the one ends with and the other begins with (Maven's bundle plugin, "Default Behavior"): <c>org.apache.commons.lang3</c> is
/// <c>org.apache.commons:commons-lang3</c>.
/// </summary>
internal static class SymbolicName
{
    const int MostParts = 16;

    /// <summary>Null where the name does not have the artifact in it.</summary>
    public static string? GroupIn(string symbol, string artifact)
    {
        if (symbol == artifact)
            return WithoutArtifact(symbol, symbol[..Math.Max(0, symbol.LastIndexOf('.'))]);
        if (symbol.EndsWith($".{artifact}", StringComparison.Ordinal))
            return WithoutArtifact(symbol, symbol[..^(artifact.Length + 1)]);
        var plain = Plain(artifact);
        var parts = symbol.Split('.', MostParts);
        for (var i = 1; i < parts.Length; i++)
            if (Plain(string.Concat(parts[i..])) == plain)
                return i + 1 == parts.Length ? WithoutArtifact(symbol, string.Join('.', parts[..i])) : string.Join('.', parts[..(i + 1)]);
        for (var i = 1; i < parts.Length; i++)
            if (parts[i].Length > 0 && artifact.StartsWith(parts[i], StringComparison.Ordinal) && (artifact.Length == parts[i].Length || !char.IsAsciiLetter(artifact[parts[i].Length])))
                return string.Join('.', parts[..(i + 1)]);
        return null;
    }

    /// <summary>Its letters and digits, the letters small: what is left of an artifact when it becomes part of a symbolic name.</summary>
    public static string Plain(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant));

    // org.hamcrest:hamcrest and javax.servlet:javax.servlet-api: "org" alone is nobody's group.
    static string? WithoutArtifact(string symbol, string rest) =>
        rest.Contains('.', StringComparison.Ordinal) ? rest
        : rest.Length == 0 ? null
        : symbol.EndsWith("-api", StringComparison.Ordinal) ? symbol[..^"-api".Length] : symbol;
}
