using System.Diagnostics;
using Plimsoll.Images.Tests.Samples;

namespace Plimsoll.Images.Tests;

/// <summary>The target <c>dev</c>, run as the chart runs it in Skaffold's profile of that name, and changed as Skaffold changes it.</summary>
[Trait("Category", "Slow")]
public sealed class DevTargetTests(DevImages images) : IClassFixture<DevImages>
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_of_code_is_built_and_answers()
    {
        await using var container = await DevContainer.Start(await images.Of("api"), "serve");
        using var http = new HttpClient { BaseAddress = new Uri($"http://{(await Docker.Run("port", container.Name, "8000")).Text}") };
        await Until(async () => await Status(http, "/health") == 200);
        Assert.Equal(404, await Status(http, "/changed"));
        var changing = Stopwatch.StartNew();
        await container.Change("src/Api/Serve.cs", "app.MapHealth();", "app.MapHealth(); app.MapGet(\"/changed\", () => \"changed\");");
        await Until(async () => await Status(http, "/changed") == 200);
        TestContext.Current.TestOutputHelper!.WriteLine($"measured: inner loop: a change of code answers after {changing.Elapsed.TotalSeconds:0.0} s");
        // Code that does not compile stops nothing for good: the next change is taken.
        await container.Change("src/Api/Serve.cs", "app.MapHealth();", "app.MapHealth(;");
        await Until(async () => (await container.Log()).Contains("error CS", StringComparison.Ordinal));
        await container.Change("src/Api/Serve.cs", "app.MapHealth();", "app.MapHealth(); app.MapGet(\"/mended\", () => \"mended\");");
        await Until(async () => await Status(http, "/mended") == 200);
    }

    // Without a database of its own, which is all that it says here: again, in other words.
    [Fact]
    public async Task A_worker_that_did_not_start_starts_again_when_its_code_changes()
    {
        await using var container = await DevContainer.Start(await images.Of("worker"), "serve");
        await Until(async () => (await container.Log()).Contains("a worker of its own needs PostgreSQL", StringComparison.Ordinal));
        await container.Change("src/Worker/Serve.cs", "a worker of its own needs PostgreSQL", "a worker still needs PostgreSQL");
        await Until(async () => (await container.Log()).Contains("a worker still needs PostgreSQL", StringComparison.Ordinal));
    }

    [Theory, InlineData("api"), InlineData("worker")]
    public async Task The_other_verbs_run_once_and_end(string program)
    {
        await using var migrating = await DevContainer.Start(await images.Of(program), "migrate", "--wait", "120");
        Assert.Equal("0", (await Docker.Run("wait", migrating.Name)).Text);
        await using var mistyped = await DevContainer.Start(await images.Of(program), "migrat");
        Assert.Equal("64", (await Docker.Run("wait", mistyped.Name)).Text);
        Assert.Contains("usage: serve", await mistyped.Log());
    }

    static async Task<int> Status(HttpClient http, string path)
    {
        try
        {
            return (int)(await http.GetAsync(path, Ct)).StatusCode;
        }
        catch (HttpRequestException)
        {
            // Between two builds nobody listens.
            return 0;
        }
    }

    // A compiler is part of each wait.
    static Task Until(Func<Task<bool>> holds) => Patience.Until(holds, Ct, TimeSpan.FromMinutes(5));
}
