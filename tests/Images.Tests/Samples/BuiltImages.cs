using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;

[assembly: AssemblyFixture(typeof(BuiltImages))]
// Builds that run side by side do not find what the other has just done, and do everything twice.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Plimsoll.Images.Tests.Samples;

/// <summary>The product's own images, built once for all tests: on the bases that the Dockerfiles name where PLIMSOLL_TEST_BASES=pull, else on stand-ins.</summary>
public sealed class BuiltImages : IAsyncLifetime
{
    const string Tag = "test";

    string? _missing;

    public string Api => Of("api");

    public string Worker => Of("worker");

    public string Operator => Of("operator");

    /// <summary>Built from nothing that was there, a second time.</summary>
    public const string CleanTag = "test-clean";

    public async ValueTask InitializeAsync()
    {
        _missing = await Docker.Missing();
        if (_missing is not null)
            return;
        if (!IsPulled)
        {
            if (Environment.UserName != "root" || !File.Exists("/etc/debian_version"))
            {
                _missing = "stand-ins for the base images are made by root on Debian; PLIMSOLL_TEST_BASES=pull takes the real ones";
                return;
            }
            _ = (await Command.Run(Repository.At("eng/base-images"), [])).Text;
        }
        await Build(Tag);
    }

    public static async Task Build(string tag, params (string, string)[] variables) =>
        _ = (await Command.Run(Repository.At("eng/images"), [tag], [.. IsPulled ? Array.Empty<(string, string)>() : [("LOCAL_BASES", "1")], .. variables])).Text;

    /// <summary>The base images, and PostgreSQL and Redis as the chart asks for them, each in the engine.</summary>
    public static async Task<(string Sdk, string Runtime, string Postgres, string Redis)> Others()
    {
        if (!IsPulled)
        {
            var made = (await Command.Run(Repository.At("eng/base-images"), ["postgres", "redis"])).Text.Split('\n');
            return (await StandIn("sdk"), await StandIn("aspnet"), made[0], made[1]);
        }
        const string Postgres = "docker.io/library/postgres:17", Redis = "docker.io/library/redis:7.4";
        foreach (var image in (string[])[Postgres, Redis])
            _ = (await Docker.Run("pull", "--quiet", image)).Text;
        return (Default("SDK_IMAGE"), Default("RUNTIME_IMAGE"), Postgres, Redis);
    }

    static async Task<string> StandIn(string name) => (await Docker.Run("images", "--format", "{{.Repository}}:{{.Tag}}", $"plimsoll-stand-in/{name}")).Text.Split('\n')[0];

    static string Default(string argument) => File.ReadLines(Repository.At("Dockerfile.api")).Single(line => line.StartsWith($"ARG {argument}=", StringComparison.Ordinal)).Split('=', 2)[1];

    public async ValueTask DisposeAsync()
    {
        if (_missing is null)
            await Docker.Run(["image", "rm", "--force", .. new[] { Tag, CleanTag }.SelectMany(tag => new[] { $"plimsoll/api:{tag}", $"plimsoll/worker:{tag}", $"plimsoll/operator:{tag}" })]);
    }

    public string Named(string program) => program switch { "api" => Api, "worker" => Worker, _ => Operator };

    internal static bool IsPulled => Environment.GetEnvironmentVariable("PLIMSOLL_TEST_BASES") == "pull";

    string Of(string program)
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        return $"plimsoll/{program}:{Tag}";
    }
}
