using System.Text.RegularExpressions;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Dockerfiles.Contexts;

/// <summary>Trees and ignore files that nobody wrote, and every path of them asked alone, with patterns made into expressions.</summary>
public sealed class ContextOracleTests
{
    static readonly string[] Names = ["a", "b", "ab", "x.md", "y.md", ".c"];

    static readonly string[] Patterns = ["*", "a", "b", "ab", "**", "**/a", "a/**", "a/**/b", "*/b", "a/b", "**/*.md", "*.md", "x.md", "?", "[ab]", "a/*", "[^a]*", ".c", "/a", "a/", "./b/../a", "**/b/*.md", "a/*/b", ".", "\\a"];

    static readonly Dictionary<string, Regex> Expressions = Patterns.ToDictionary(pattern => pattern, Expression, StringComparer.Ordinal);

    [Fact]
    public void What_is_sent_is_what_every_path_alone_says()
    {
        var dice = new Dice(11);
        for (var round = 0; round < 150; round++)
        {
            using var folder = new TemporaryFolder();
            for (var i = 0; i < 40; i++)
            {
                var path = string.Join('/', Enumerable.Range(0, 1 + dice.Roll(4)).Select(_ => Names[dice.Roll(Names.Length)]));
                if (!Directory.Exists(folder.At(path)) && !Path.GetRelativePath(folder.Root, folder.At(path)).Split('/').SkipLast(1).Aggregate((At: folder.Root, Blocked: false), (at, name) => (Path.Combine(at.At, name), at.Blocked || File.Exists(Path.Combine(at.At, name)))).Blocked)
                    folder.Write(path, new byte[dice.Roll(50)]);
            }
            var lines = Enumerable.Range(0, dice.Roll(6)).Select(_ => (dice.Roll(3) == 0 ? "!" : "") + Patterns[dice.Roll(Patterns.Length)]).ToList();
            var all = Directory.EnumerateFiles(folder.Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Select(path => Path.GetRelativePath(folder.Root, path)).ToList();
            folder.Write("Dockerfile.dockerignore", string.Join('\n', lines.Append("Dockerfile.dockerignore")));
            var expected = all.Where(path => !Oracle(lines, path)).Order(StringComparer.Ordinal).ToList();
            var context = folder.Read();
            Assert.True(expected.SequenceEqual(Contexts.Files(context.Root)), $"{string.Join(" | ", lines)}\nexpected {string.Join(' ', expected)}\nsent {string.Join(' ', Contexts.Files(context.Root))}");
            Assert.Equal(expected.Sum(path => new FileInfo(folder.At(path)).Length), context.Root.Bytes);
            Assert.Equal(all.Count - expected.Count + 1, context.Ignored.Files);
        }
    }

    // From the root down, each pattern in turn: one that would change nothing is passed over, and what matched a folder matches all in it.
    static bool Oracle(List<string> lines, string path)
    {
        var (matched, ignored) = (new HashSet<int>(), false);
        var names = path.Split('/');
        for (var depth = 1; depth <= names.Length; depth++)
        {
            var (here, now) = (new HashSet<int>(), false);
            for (var i = 0; i < lines.Count; i++)
            {
                var isException = lines[i].StartsWith('!');
                if (!matched.Contains(i) && (isException != now || !Expressions[lines[i].TrimStart('!')].IsMatch(string.Join('/', names.Take(depth)))))
                    continue;
                here.Add(i);
                now = !isException;
            }
            (matched, ignored) = (here, now);
        }
        return ignored;
    }

    static Regex Expression(string pattern)
    {
        var clean = pattern switch { "/a" or "a/" or "./b/../a" or "\\a" => "a", _ => pattern };
        var text = clean.Replace(".", "\\.", StringComparison.Ordinal).Replace("?", "[^/]", StringComparison.Ordinal).Replace("**/", "(.*/)<", StringComparison.Ordinal)
            .Replace("**", ".<", StringComparison.Ordinal).Replace("*", "[^/]*", StringComparison.Ordinal).Replace("(.[^/]*/)<", "(.*/)?", StringComparison.Ordinal).Replace(".<", ".*", StringComparison.Ordinal);
        return new Regex($"^{text}$");
    }
}
