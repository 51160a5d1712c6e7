using System.Text;
using Plimsoll.Engine.Dockerfiles.Contexts;

namespace Plimsoll.Engine.Tests.Dockerfiles;

public sealed class IgnoreFileTests
{
    static IgnoreFile Read(string text) => IgnoreFile.Read(Encoding.UTF8.GetBytes(text));

    // As a build walks: folder by folder.
    static bool Ignores(IgnoreFile file, string path)
    {
        var state = IgnoreState.Root(file);
        var names = path.Split('/');
        for (var i = 1; i <= names.Length; i++)
            state = state.Of(string.Join('/', names.Take(i)));
        return state.IsIgnored;
    }

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "a/b/c", true)]
    [InlineData("a", "b/a", false)]
    [InlineData("/a", "a", true)]
    [InlineData("a/", "a/b", true)]
    [InlineData("./a/../b", "b", true)]
    [InlineData("*", ".git", true)]
    [InlineData("*.md", "a.md", true)]
    [InlineData("*.md", "docs/a.md", false)]
    [InlineData("*/*.md", "docs/a.md", true)]
    [InlineData("**/*.md", "a.md", true)]
    [InlineData("**/*.md", "x/y/a.md", true)]
    [InlineData("**/node_modules", "node_modules/x", true)]
    [InlineData("**/node_modules", "x/node_modules", true)]
    [InlineData("**/node_modules", "x/my_node_modules", false)]
    [InlineData("**node_modules", "x/my_node_modules", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/**/c", "a/c", true)]
    [InlineData("a/**/c", "a/x/y/c", true)]
    [InlineData("a/**/c", "a/xc", false)]
    [InlineData("**", "anything/at/all", true)]
    [InlineData("?", "x", true)]
    [InlineData("?", "xy", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[^a-c]x", "bx", false)]
    [InlineData("[^a-c]x", "dx", true)]
    [InlineData("a\\*", "a*", true)]
    [InlineData("a\\*", "ab", false)]
    [InlineData("a.c", "abc", false)]
    [InlineData("A", "a", false)]
    [InlineData("x/*", "x", false)]
    [InlineData("  a  ", "a", true)]
    [InlineData("\uFEFFa", "a", true)]
    [InlineData("a+(b)|c$", "a+(b)|c$", true)]
    public void A_pattern_matches_as_in_a_build(string pattern, string path, bool expected) => Assert.Equal(expected, Ignores(Read(pattern), path));

    [Fact]
    public void The_last_line_that_matches_counts()
    {
        var file = Read("*\n!src\nsrc/**/*.tmp\n!src/keep.tmp\n# !all\n! README.md \n");
        Assert.Equal([true, false, false, true, false, false, true],
            new[] { "bin/x", "src", "src/a.cs", "src/x/a.tmp", "src/keep.tmp", "README.md", "docs/README.md" }.Select(path => Ignores(file, path)));
        Assert.Equal([1, 2, 3, 4, 6], file.Patterns.Select(pattern => pattern.Line));
    }

    [Fact]
    public void The_pattern_that_decided_is_told()
    {
        var file = Read("*.log\nlogs\n!logs/keep.log\n");
        var logs = IgnoreState.Root(file).Of("logs");
        Assert.Equal((true, 2), (logs.IsIgnored, logs.Decided!.Line));
        Assert.Equal((false, 3), (logs.Of("logs/keep.log").IsIgnored, logs.Of("logs/keep.log").Decided!.Line));
        Assert.False(logs.IsWhole);
        Assert.True(IgnoreState.Root(Read("logs")).Of("logs").IsWhole);
    }

    [Fact]
    public void Lines_that_are_no_patterns_are_told()
    {
        Assert.Equal([(1, "!"), (3, "[a"), (4, "a\\"), (5, "[]"), (6, "[a-]")], Read("!\nok\n[a\na\\\n[]\n[a-]\n\n#\n").Unreadable);
        Assert.Equal(20_000, Read(string.Concat(Enumerable.Repeat("x\n", 30_000))).Unreadable.Count);
    }

    [Fact]
    public void Patterns_of_stars_take_no_longer_than_their_length()
    {
        var file = Read(string.Concat(Enumerable.Repeat("*a", 200)) + "b");
        Assert.False(Ignores(file, new string('a', 4000)));
    }
}
