using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;

namespace Plimsoll.Images.Tests;

/// <summary>What the chart and its values may ask of the image of PostgreSQL, and <see cref="ChartContainerTests"/> does not: it holds for the official one and for the stand-in.</summary>
[Trait("Category", "Slow")]
public sealed class ServerImageTests(BuiltImages images)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_may_be_a_file_and_arguments_may_be_those_of_the_server_alone()
    {
        using var files = new TemporaryFolder();
        files.Write("secrets/password", "from a file");
        var name = $"plimsoll-test-{Guid.NewGuid():N}";
        _ = (await Docker.Run("run", "--detach", "--name", name, "--env", "POSTGRES_USER=shop", "--env", "POSTGRES_PASSWORD_FILE=/run/secrets/password", "--volume", $"{files.At("secrets")}:/run/secrets:ro", await Image(), "-c", "max_connections=17")).Text;
        try
        {
            await Patience.Until(async () => (await Docker.Run("exec", name, "pg_isready", "--host=127.0.0.1", "--username=shop")).ExitCode == 0, Ct);
            var address = (await Docker.Inspect(name)).GetProperty("NetworkSettings").GetProperty("IPAddress").GetString();
            Task<Samples.Outcome> Ask(string password) => Docker.Run("exec", "--env", $"PGPASSWORD={password}", name, "psql", $"--host={address}", "--username=shop", "--dbname=shop", "--no-align", "--tuples-only", "--command=show max_connections");
            Assert.Equal("17", (await Ask("from a file")).Text);
            Assert.Contains("password authentication failed", (await Ask("another one")).Error);
        }
        finally
        {
            await Docker.Run("rm", "--force", "--volumes", name);
        }
    }

    [Fact]
    public async Task Without_a_password_no_database_is_made()
    {
        var run = await Docker.Run("run", "--rm", await Image());
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("POSTGRES_PASSWORD", run.Output + run.Error);
    }

    [Fact]
    public async Task Another_program_is_run_as_it_is() => Assert.StartsWith("psql (PostgreSQL) ", (await Docker.Run("run", "--rm", await Image(), "psql", "--version")).Text);

    // The API's image is asked for so that the test is skipped where none can be made.
    async Task<string> Image() => images.Api.Length > 0 ? (string)Rendering.Containers((await Helm.Render(await ServerImages.Values)).PodOf("postgres")).Single()["image"]! : "";
}
