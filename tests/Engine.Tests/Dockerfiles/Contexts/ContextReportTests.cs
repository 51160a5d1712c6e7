using Plimsoll.Engine.Dockerfiles.Contexts;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Dockerfiles.Contexts;

public sealed class ContextReportTests
{
    const string All = "FROM a\nCOPY . /app\n";

    static IEnumerable<string> Lines(ContextReport report) => report.Lines.Select(line => $"{line.Reason} {line.Line} {line.Bytes} {line.Files}");

    [Fact]
    public void A_folder_is_named_rather_than_its_files_and_a_file_rather_than_its_folder()
    {
        using var folder = new TemporaryFolder().With(("dist/app.bin", 45_000), ("dist/small", 10), ("node_modules/one/big.js", 30_000), ("README.md", 5));
        folder.With([.. Enumerable.Range(0, 100).Select(i => ($"src/f{i}.cs", 100))]);
        folder.With([.. Enumerable.Range(0, 50).Select(i => ($"data/sets/s{i}", 1000))]);
        Assert.Equal(
            ["data/sets 50000 50", "dist/app.bin 45000 1", "node_modules 30000 1", "src 10000 100", "dist/small 10 1", "README.md 5 1"],
            folder.Report(All).Largest.Select(entry => $"{entry.Path} {entry.Bytes} {entry.Files}"));
    }

    [Fact]
    public void What_steps_read_is_counted()
    {
        using var folder = new TemporaryFolder().With(("src/a.cs", 10), ("src/b.md", 20), ("docs/c", 40), ("web/d", 80), ("x1.json", 160), ("x2.json", 320), ("y", 640));
        Assert.Equal(new ContextSum(10 + 80 + 160 + 320, 4), folder.Report("FROM a AS one\nARG DIR=src\nCOPY --exclude=*.md $DIR /src\nFROM b\nRUN --mount=source=web,target=/w make\nCOPY x?.json ./\nADD https://y/y /y\nCOPY --from=one /docs /docs\nCOPY --from=other y /y\n").Read);
        Assert.Equal(new ContextSum(0, 0), folder.Report("FROM a\nONBUILD COPY . /x\n").Read);
        Assert.Equal(7, folder.Report("FROM a\nRUN --mount=target=. make\n").Read.Files);
    }

    [Fact]
    public void Leftovers_are_lines_with_what_each_saves_and_secrets_come_first()
    {
        using var folder = new TemporaryFolder().With(
            (".git/objects/pack", 5000), ("web/node_modules/a/index.js", 3000), ("web/node_modules/a/debug.log", 7), (".env", 20), ("app/.env.local", 30), ("a.log", 9),
            ("app/app.csproj", 1), ("app/bin/app.dll", 400), ("app/obj/x", 100), ("tools/bin/run", 50), ("app/code.cs", 1), ("keys/public.pem", 11));
        folder.Write("keys/server.pem", "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n");
        Assert.Equal(
            [
                "Secret .env 20 1", "Secret **/.env.local 30 1", "Secret keys/server.pem 56 1", "History .git 5000 1", "Dependencies **/node_modules 3007 2", "Output app/bin 400 1",
                "Output **/obj 100 1", "Logs *.log 9 1",
            ],
            Lines(folder.Report(All)).Select(line => line.Replace("**/*.log", "*.log", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_a_step_names_is_never_taken_away()
    {
        using var folder = new TemporaryFolder().With((".env", 20), ("app/.env", 20), ("web/node_modules/a/x.js", 3000), ("dist/y.log", 5), (".vscode/z", 4));
        Assert.Equal(["Secret app/.env 20 1"], Lines(folder.Report("FROM a\nCOPY .env /\nCOPY web/node_modules/a /a\nCOPY dist/*.log .vscode /logs/\nCOPY . .\n")));
    }

    [Fact]
    public void What_the_ignore_file_wants_in_the_context_stays_in_it()
    {
        using var folder = new TemporaryFolder().With(("x/.env", 20), ("y/.env", 20), ("x/a", 1), ("y/a.log", 3));
        folder.Write(".dockerignore", "*\n!x/.env\n!y\n");
        Assert.Equal(["Secret y/.env 20 1", "Logs **/*.log 3 1"], Lines(folder.Report(All)));
    }

    [Fact]
    public void What_is_large_and_read_by_nothing_is_a_line_unless_everything_is_read()
    {
        using var folder = new TemporaryFolder().With(("src/a", 10), ("films/one [1].mp4", 3 << 20), ("films/two!.mp4", 2 << 20), ("films/read", 0), ("#odd", 2 << 20), ("archive/a", 900_000), ("archive/old/b", 900_000));
        Assert.Equal([$"Unread films/one \\[1\\].mp4 {3 << 20} 1", $"Unread /#odd {2 << 20} 1", $"Unread films/two!.mp4 {2 << 20} 1", "Unread archive 1800000 2"], Lines(folder.Report("FROM a\nCOPY src films/read /src/\n")));
        Assert.Equal([$"Unread films {5 << 20} 3", $"Unread /#odd {2 << 20} 1", "Unread archive 1800000 2"], Lines(folder.Report("FROM a\nCOPY src /src\n")));
        Assert.Empty(Lines(folder.Report(All)));
    }

    // The promise of the advice: with the lines added the context is smaller by what they say, and nothing that a step names is gone.
    [Fact]
    public void Each_line_saves_what_it_says()
    {
        var dice = new Dice(5);
        string[] names = [".git", "node_modules", "src", "bin", "obj", "a.csproj", ".env", "x.log", "coverage", "main.py", "target", "Cargo.toml", "!odd", "b[1]"];
        string[] ignores = ["*", "!src", "**/*.log", "!**/.env", "node_modules", "src/**", "!bin", "!src/bin", "**/obj"];
        string[] sources = [".", "src", "*.log", "src/bin", "bin/obj", ".env", "node_modules/src", "x*"];
        for (var round = 0; round < 60; round++)
        {
            using var folder = new TemporaryFolder();
            for (var i = 0; i < 40; i++)
            {
                var path = folder.Root;
                for (var depth = dice.Roll(4); depth >= 0; depth--)
                    if (File.Exists(path = Path.Combine(path, names[dice.Roll(names.Length)])))
                        break;
                if (Path.Exists(path))
                    continue;
                folder.Write(path, "");
                using var file = File.OpenWrite(path);
                file.SetLength(dice.Roll(20) == 0 ? 2 << 20 : dice.Roll(90));
            }
            var ignore = string.Concat(Enumerable.Range(0, dice.Roll(4)).Select(_ => ignores[dice.Roll(ignores.Length)] + "\n")) + "Dockerfile.dockerignore\n";
            folder.Write("Dockerfile.dockerignore", ignore);
            var chosen = Enumerable.Range(0, 1 + dice.Roll(3)).Select(_ => sources[dice.Roll(sources.Length)]).ToList();
            var dockerfile = "FROM a\n" + string.Concat(chosen.Select(source => $"COPY {source} /x/\n"));
            var (report, before) = (folder.Report(dockerfile), folder.Read());
            var sent = Contexts.Files(before.Root).ToList();
            foreach (var line in report.Lines)
            {
                ignore += line.Line + "\n";
                folder.Write("Dockerfile.dockerignore", ignore);
                var after = folder.Read();
                Assert.Equal((line.Bytes, line.Files), (before.Root.Bytes - after.Root.Bytes, before.Root.Count - after.Root.Count));
                before = after;
            }
            var left = Contexts.Files(before.Root).ToList();
            Assert.Equal(report.Sent.Files - report.Lines.Sum(line => line.Files), left.Count);
            foreach (var source in chosen.Where(source => !source.Contains('*', StringComparison.Ordinal) && source != "."))
                Assert.Equal(sent.Exists(path => IsIn(source, path)), left.Exists(path => IsIn(source, path)));
        }
    }

    static bool IsIn(string source, string path) => path == source || path.StartsWith(source + "/", StringComparison.Ordinal);
}
