using System.Diagnostics;
using System.Text.RegularExpressions;
using Plimsoll.Cli.Tests.Samples;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

/// <summary>The commands of the README's chapter on the service, taken out of it and run as they stand there.</summary>
[Trait("Category", "Slow")]
public sealed partial class ReadmeTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task The_service_is_started_asked_waited_for_and_judges(Mode mode)
    {
        var readme = await File.ReadAllTextAsync(Repository.At("README.md"), Ct);
        var chapter = readme[readme.IndexOf("\n## The service\n", StringComparison.Ordinal)..];
        var blocks = Blocks().Matches(chapter[..chapter.IndexOf("\n## ", 1, StringComparison.Ordinal)]).Select(block => block.Groups[1].Value).ToList();
        Assert.Equal(4, blocks.Sum(block => block.Count(c => c == '\n')));

        // The machine's port 8000 may be another's: that is all that is said besides the README.
        var address = $"http://127.0.0.1:{Server.FreePort()}";
        using var home = new Engine.Tests.Samples.TemporaryFolder();
        (string, string)[] both = [("XDG_CONFIG_HOME", home.Root), ("XDG_DATA_HOME", home.Root), ("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_CLI_USE_MSBUILD_SERVER", "0")];
        using var service = Start(blocks[0], [.. both, ("ASPNETCORE_URLS", address), .. mode == Mode.Scaled ? await Variables() : []]);
        try
        {
            Assert.Contains(address, await Listening(service), StringComparison.Ordinal);
            var asked = await Tool.Shell(blocks[1], [.. both, ("PLIMSOLL_URL", address), .. mode == Mode.Scaled ? [("PLIMSOLL_TOKEN", Samples.Service.AdminToken)] : Array.Empty<(string, string)>()]);
            Assert.Matches(@"docker\.io/library/webapp:1\.4\.2 +linux/amd64", asked.Exits(1).Output);
            Assert.Contains(" FAIL ", asked.Output, StringComparison.Ordinal);
        }
        finally
        {
            service.Kill(entireProcessTree: true);
            await service.WaitForExitAsync(CancellationToken.None);
        }
    }

    // Those that the chapter names.
    async Task<(string, string)[]> Variables()
    {
        Assert.SkipWhen(redis.Missing is not null, redis.Missing ?? "");
        return [("DATABASE_URL", await postgres.NewDatabase()), ("REDIS_URL", redis.Url), ("SECRET_KEY", new string('k', 48)), ("ADMIN_TOKEN", Samples.Service.AdminToken)];
    }

    static Process Start(string command, IEnumerable<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true, WorkingDirectory = Repository.Root };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    // The line with which the service says that it is ready; what it says later is read on, so that it never waits for us.
    static async Task<string> Listening(Process service)
    {
        while (await service.StandardOutput.ReadLineAsync(Ct) is { } line)
            if (line.StartsWith("Plimsoll listens", StringComparison.Ordinal))
            {
                _ = service.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return line;
            }
        throw new InvalidOperationException("the service ended before it listened");
    }

    [GeneratedRegex(@"```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
