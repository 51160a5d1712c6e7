using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Packages.Java;

/// <summary>The parts of a file name such as <c>name-1.2.3-classifier.jar</c>, the form that Maven's repositories give to every file.</summary>
/// <param name="Version">Null where the name has none.</param>
internal sealed partial record JarName(string Name, string? Version)
{
    /// <param name="path">Of the file, with or without folders.</param>
    /// <param name="versions">The manifest's. One of them may tell where a version ends and a classifier begins.</param>
    public static JarName Of(string path, IEnumerable<string> versions)
    {
        var file = path[(path.LastIndexOf('/') + 1)..];
        var stem = file[..Math.Max(0, file.LastIndexOf('.'))];
        var words = stem.Split('-');
        var start = 1;
        while (start < words.Length && !StartsWithDigit(words[start]))
            start++;
        if (start >= words.Length || words[0].Length == 0)
            return new JarName(stem, null);

        // log4j-1.2-api-2.17.1: what follows a word that is no part of a version begins anew.
        for (var i = start + 2; i < words.Length; i++)
            if (StartsWithDigit(words[i]) && words[i].Contains('.', StringComparison.Ordinal) && !PartOfVersion.IsMatch(words[i - 1]))
                start = i;
        var name = string.Join('-', words, 0, start);
        var rest = string.Join('-', words, start, words.Length - start);
        if (versions.Contains(rest, StringComparer.Ordinal))
            return new JarName(name, rest);
        var end = start + 1;
        while (end < words.Length && PartOfVersion.IsMatch(words[end]))
            end++;
        return new JarName(name, string.Join('-', words, start, end - start));
    }

    /// <summary>Whether a version is the one in the name: <c>31.1-jre</c> is <c>31.1.0.jre</c> to OSGi, and <c>4.3.30</c> may leave <c>.RELEASE</c> out.</summary>
    public bool AgreesWith(string version)
    {
        if (Version is null)
            return false;
        var (one, other) = (NumberOf(Version), NumberOf(version));
        return $"{one}.".StartsWith($"{other}.", StringComparison.Ordinal) || $"{other}.".StartsWith($"{one}.", StringComparison.Ordinal);
    }

    static string NumberOf(string version)
    {
        var end = 0;
        while (end < version.Length && (version[end] == '.' || char.IsAsciiDigit(version[end])))
            end++;
        return version[..end].TrimEnd('.');
    }

    static bool StartsWithDigit(string word) => word.Length > 0 && char.IsAsciiDigit(word[0]);

    [GeneratedRegex("^([0-9].*|(alpha|beta|rc|cr|m|b|a|r|p|sp|pre|preview|milestone|ea|dev|build|jre|redhat|v)[0-9.]*|snapshot|final|release|ga|android|incubating)$", RegexOptions.IgnoreCase)]
    private static partial Regex PartOfVersion { get; }
}
