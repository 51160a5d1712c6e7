using System.Text;

namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>A <c>.dockerignore</c>, or <c>NAME.Dockerfile.dockerignore</c>: which paths of the context a build does not get.</summary>
/// <param name="Patterns">In their order: the last that matches counts.</param>
/// <param name="Unreadable">Lines that are no patterns. A build with one fails.</param>
public sealed record IgnoreFile(IReadOnlyList<IgnorePattern> Patterns, IReadOnlyList<(int Line, string Text)> Unreadable)
{
    /// <summary>Patterns that are looked at; real files have some dozen.</summary>
    const int MostPatterns = 10_000;

    public static IgnoreFile Empty { get; } = new([], []);

    public bool HasExceptions => Patterns.Any(pattern => pattern.IsException);

    /// <param name="file">UTF-8; what is not is replaced, and matches nothing.</param>
    public static IgnoreFile Read(ReadOnlySpan<byte> file)
    {
        var (patterns, unreadable, number) = (new List<IgnorePattern>(), new List<(int, string)>(), 0);
        var content = file.StartsWith(Encoding.UTF8.Preamble) ? file[Encoding.UTF8.Preamble.Length..] : file;
        foreach (var line in Encoding.UTF8.GetString(content).Split('\n'))
        {
            number++;
            // A comment begins at the very first character.
            var text = line.StartsWith('#') ? "" : line.Trim();
            var isException = text.StartsWith('!');
            if (isException)
                text = text[1..].Trim();
            if (text.Length == 0 && !isException)
                continue;
            if (text.Length > 0 && patterns.Count < MostPatterns && IgnorePattern.Read(Clean(text), number, isException) is { } pattern)
                patterns.Add(pattern);
            else
                unreadable.Add((number, line.Trim()));
        }
        return new(patterns, unreadable);
    }

    /// <summary>The same with more patterns behind its last, which therefore count.</summary>
    internal IgnoreFile With(IEnumerable<IgnorePattern> more) => this with { Patterns = [.. Patterns, .. more] };

    // The shortest form of a path, from the root of the context.
    internal static string Clean(string path)
    {
        var names = new List<string>();
        foreach (var name in path.Split('/'))
            if (name == ".." && names is [.., not ".."])
                names.RemoveAt(names.Count - 1);
            else if (name is not ("" or ".") && !(name == ".." && path.StartsWith('/')))
                names.Add(name);
        return names.Count > 0 ? string.Join('/', names) : path.StartsWith('/') ? "/" : ".";
    }
}
