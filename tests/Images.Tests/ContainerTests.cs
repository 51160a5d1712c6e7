using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;

namespace Plimsoll.Images.Tests;

[Trait("Category", "Slow")]
public sealed class ContainerTests(BuiltImages images)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_runs_with_nothing_but_what_it_needs_and_inspects_an_image()
    {
        var name = $"plimsoll-test-{Guid.NewGuid():N}";
        _ = (await Docker.Run("run", "--detach", "--name", name, "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--tmpfs", "/tmp", "--volume", $"{name}:/data",
            "--health-interval", "1s", "--env", $"SECRET_KEY={new string('k', 40)}", "--env", "ADMIN_TOKEN=an-admin-token-for-the-tests", "--publish", "127.0.0.1::8000", images.Api)).Text;
        try
        {
            await Patience.Until(async () => (await Docker.Inspect(name)).GetProperty("State").GetProperty("Health").GetProperty("Status").GetString() == "healthy", Ct);
            Assert.Equal(["1000", "1000"], (await Docker.Run("top", name, "-o", "pid,uid,gid")).Text.Split('\n')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]);
            using var http = new HttpClient { BaseAddress = new Uri($"http://{(await Docker.Run("port", name, "8000")).Text}"), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "an-admin-token-for-the-tests") } };
            Assert.Contains("\"up\"", await http.GetStringAsync("/health", Ct));
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/docs", Ct)).StatusCode);
            using var sample = new StreamContent(File.OpenRead(Repository.At("samples/webapp.tar")));
            using var submitted = await http.PostAsync("/v1/inspections", sample, Ct);
            Assert.Equal(HttpStatusCode.Accepted, submitted.StatusCode);
            await http.GetStringAsync($"{submitted.Headers.Location}/events", Ct);
            using var ended = JsonDocument.Parse(await http.GetStringAsync(submitted.Headers.Location, Ct));
            Assert.Equal("succeeded", ended.RootElement.GetProperty("state").GetString());
            // The pages of the checks came along.
            using var sarif = new HttpRequestMessage(HttpMethod.Get, $"/v1/images/{ended.RootElement.GetProperty("images")[0].GetString()}/report") { Headers = { { "Accept", "application/sarif+json" } } };
            Assert.Contains("docs/checks/non-root-user.md", await (await http.SendAsync(sarif, Ct)).Content.ReadAsStringAsync(Ct));

            var stopping = Stopwatch.StartNew();
            _ = (await Docker.Run("stop", "--time", "25", name)).Text;
            Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(25));
            Assert.Equal(0, (await Docker.Inspect(name)).GetProperty("State").GetProperty("ExitCode").GetInt32());
        }
        finally
        {
            await Docker.Run("rm", "--force", "--volumes", name);
            await Docker.Run("volume", "rm", "--force", name);
        }
    }

    // Without a cluster it waits for one, and is no less alive.
    [Fact]
    public async Task The_operator_s_runs_with_nothing_but_what_it_needs_and_prints_its_definition()
    {
        string[] bare = ["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--tmpfs", "/tmp"];
        Assert.Equal((await File.ReadAllTextAsync(Repository.At("charts/plimsoll/definitions/imagerollouts.yaml"), Ct)).Trim(), (await Docker.Run(["run", "--rm", .. bare, images.Operator, "crd"])).Text.Trim());
        var missing = await Docker.Run(["run", "--rm", .. bare, images.Operator]);
        Assert.Equal(78, missing.ExitCode);
        Assert.StartsWith("PLIMSOLL_URL", Assert.Single(missing.Error.Trim().Split('\n')), StringComparison.Ordinal);

        var name = $"plimsoll-test-{Guid.NewGuid():N}";
        _ = (await Docker.Run(["run", "--detach", "--name", name, .. bare, "--health-interval", "1s", "--env", "PLIMSOLL_URL=http://127.0.0.1:1", images.Operator])).Text;
        try
        {
            await Patience.Until(async () => (await Docker.Inspect(name)).GetProperty("State").GetProperty("Health").GetProperty("Status").GetString() == "healthy", Ct);
            Assert.Equal(["1000", "1000"], (await Docker.Run("top", name, "-o", "pid,uid,gid")).Text.Split('\n')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]);
            _ = (await Docker.Run("stop", "--time", "25", name)).Text;
            Assert.Equal(0, (await Docker.Inspect(name)).GetProperty("State").GetProperty("ExitCode").GetInt32());
        }
        finally
        {
            await Docker.Run("rm", "--force", "--volumes", name);
        }
    }

    [Fact]
    public async Task A_setting_that_is_missing_ends_it_at_once_with_a_line_that_says_which()
    {
        var run = await Docker.Run("run", "--rm", "--read-only", "--tmpfs", "/tmp", images.Worker);
        Assert.Equal(78, run.ExitCode);
        Assert.Contains("_", Assert.Single(run.Error.Trim().Split('\n')));
    }
}
