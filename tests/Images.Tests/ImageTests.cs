using System.Text.Json;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;

namespace Plimsoll.Images.Tests;

[Trait("Category", "Slow")]
public sealed class ImageTests(BuiltImages images)
{
    const long Megabyte = 1_000_000;


    static async Task<string[]> Layers(string image) =>
        [.. (await Docker.Inspect(image)).GetProperty("RootFS").GetProperty("Layers").EnumerateArray().Select(layer => layer.GetString()!)];

    [Theory, InlineData("api"), InlineData("worker"), InlineData("operator")]
    public async Task It_says_how_it_is_to_be_run_and_holds_no_secret(string program)
    {
        var image = await Docker.Inspect(images.Named(program));
        var config = image.GetProperty("Config");
        Assert.Equal("1000:1000", config.GetProperty("User").GetString());
        Assert.Equal("/app", config.GetProperty("WorkingDir").GetString());
        Assert.Equal("SIGTERM", config.GetProperty("StopSignal").GetString());
        Assert.Equal("8000/tcp", Assert.Single(config.GetProperty("ExposedPorts").EnumerateObject()).Name);
        Assert.Equal(["CMD", "dotnet", $"/app/Plimsoll.{char.ToUpperInvariant(program[0])}{program[1..]}.dll", "healthcheck"],
            config.GetProperty("Healthcheck").GetProperty("Test").EnumerateArray().Select(word => word.GetString()));
        var env = config.GetProperty("Env").EnumerateArray().Select(one => one.GetString()!).ToList();
        Assert.Superset(program == "operator" ? ["LOG_LEVEL=INFO", "WORKERS=4"] : new HashSet<string> { "LOG_LEVEL=INFO", "WORKERS=1", "TIMEOUT=30", "MAX_CONNECTIONS=100" }, env.ToHashSet());
        var history = (await Docker.Run("history", "--no-trunc", "--format", "{{.CreatedBy}}", images.Named(program))).Text;
        Assert.All((string[])["DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PASSWORD", "NuGet.Config"], secret => Assert.DoesNotContain(secret, history + string.Join('\n', env)));
        Assert.All((string[])["source", "version", "revision", "created", "licenses", "title"], label => Assert.NotEqual("", config.GetProperty("Labels").GetProperty($"org.opencontainers.image.{label}").GetString()));
    }

    [Fact]
    public async Task They_are_small_and_share_most_of_what_they_are()
    {
        var (api, worker) = (await Docker.Inspect(images.Api), await Docker.Inspect(images.Worker));
        var (ofApi, ofWorker) = (api.GetProperty("Size").GetInt64(), worker.GetProperty("Size").GetInt64());
        var own = (await Sizes(images.Api)).Where(layer => layer.Created.Contains("/layers/", StringComparison.Ordinal)).ToDictionary(layer => layer.Created, layer => layer.Bytes);
        // What the worker adds to a machine that has the API.
        var (layers, both) = (await Layers(images.Worker), (await Layers(images.Api)).Intersect(await Layers(images.Worker)).Count());
        var together = ofApi + (await Sizes(images.Worker)).Where(layer => layer.Created.Contains("/layers/Worker", StringComparison.Ordinal)).Sum(layer => layer.Bytes);
        TestContext.Current.TestOutputHelper!.WriteLine($"measured: images: API {ofApi / Megabyte} MB, worker {ofWorker / Megabyte} MB, together at most {together / Megabyte} MB");
        Assert.InRange(ofApi, 1, 170 * Megabyte);
        Assert.InRange(ofWorker, 1, 170 * Megabyte);
        Assert.InRange(together, 1, 190 * Megabyte);
        // All but what is the program's own: the base, the packages, the user, the engine, the store, and an empty one.
        Assert.Equal(layers.Length - 2, both);
        // What a change of one line makes anew. The engine outgrew 2 MB, and then 3 with the optimiser and the adviser; docs/performance.md says what it is, and packed, as a node fetches it.
        TestContext.Current.TestOutputHelper!.WriteLine($"measured: images: the engine's layer has {own.Single(layer => layer.Key.Contains("/layers/Engine/", StringComparison.Ordinal)).Value / 1_000_000.0:0.00} MB");
        Assert.InRange(own.Single(layer => layer.Key.Contains("/layers/Engine/", StringComparison.Ordinal)).Value, 1, 4 * Megabyte);
        Assert.All((string[])["Store", "Api"], part => Assert.InRange(own.Single(layer => layer.Key.Contains($"/layers/{part}/", StringComparison.Ordinal)).Value, 1, 2 * Megabyte));
    }

    [Fact]
    public async Task The_operator_s_is_small_too_and_has_the_engine_of_the_others()
    {
        var (api, own) = (await Layers(images.Api), await Layers(images.Operator));
        var size = (await Docker.Inspect(images.Operator)).GetProperty("Size").GetInt64();
        TestContext.Current.TestOutputHelper!.WriteLine($"measured: images: operator {size / Megabyte} MB");
        Assert.InRange(size, 1, 170 * Megabyte);
        // All but its packages and itself: the base, the user, the engine, and an empty one.
        Assert.Equal(2, own.Except(api).Count());
    }

    [Fact]
    public async Task A_change_of_code_alters_one_small_layer()
    {
        var before = await Layers(images.Api);
        using var sources = await SourceCopy.Make("src", "docs", "global.json", "Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig", ".dockerignore", "LICENSE", "Dockerfile.api", "Dockerfile.worker");
        var code = await File.ReadAllTextAsync(Repository.At("src/Api/Serve.cs"), TestContext.Current.CancellationToken);
        sources.Write("src/Api/Serve.cs", code.Replace("Plimsoll listens on", "Plimsoll now listens on", StringComparison.Ordinal));
        await BuiltImages.Build(BuiltImages.CleanTag, ("BUILD_CONTEXT", sources.Root));
        var after = await Layers($"plimsoll/api:{BuiltImages.CleanTag}");
        Assert.Equal(before.Length, after.Length);
        var altered = Assert.Single(Enumerable.Range(0, after.Length), i => before[i] != after[i]);
        // The program itself, which comes just before an empty layer.
        Assert.Equal(after.Length - 2, altered);
    }

    static async Task<IEnumerable<(string Created, long Bytes)>> Sizes(string image) =>
        (await Docker.Run("history", "--no-trunc", "--human=false", "--format", "{{.Size}} {{.CreatedBy}}", image)).Text.Split('\n')
            .Select(line => line.Split(' ', 2)).Select(line => (line.Length > 1 ? line[1] : "", long.Parse(line[0], System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public async Task A_build_on_a_clean_builder_gives_the_same_layers()
    {
        var (api, worker) = (await Layers(images.Api), await Layers(images.Worker));
        await BuiltImages.Build(BuiltImages.CleanTag, ("NO_CACHE", "1"));
        Assert.Equal(api, await Layers($"plimsoll/api:{BuiltImages.CleanTag}"));
        Assert.Equal(worker, await Layers($"plimsoll/worker:{BuiltImages.CleanTag}"));
    }

    [Theory, InlineData("api"), InlineData("worker"), InlineData("operator")]
    public async Task The_product_finds_nothing_wrong_with_it(string program)
    {
        using var folder = new TemporaryFolder();
        var archive = folder.At("image.tar");
        _ = (await Docker.Run("save", "--output", archive, images.Named(program))).Text;
        var run = await Product.Run(["inspect", archive, "--policy", Repository.At("policies/plimsoll.yaml"), "--format", "json"]);
        using var report = JsonDocument.Parse(run.Output);
        var image = report.RootElement.GetProperty("images")[0];
        Assert.Empty(image.GetProperty("findings").EnumerateArray());
        // What is not known of vulnerabilities is the only thing that keeps it from passing.
        var rules = image.GetProperty("verdict").GetProperty("rules").EnumerateArray().ToList();
        Assert.Contains(rules, rule => rule.GetProperty("rule").GetString() == "limits.efficiency" && rule.GetProperty("limit").GetString() == "0.99");
        Assert.All(rules, rule => Assert.Equal((rule.GetProperty("rule").GetString()!.StartsWith("vulnerabilities", StringComparison.Ordinal) ? "Undecided" : "Pass", rule.ToString()), (rule.GetProperty("outcome").GetString(), rule.ToString())));
        Assert.Equal(3, run.ExitCode);
    }
}
