using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;

namespace Plimsoll.Images.Tests;

/// <summary>The script that Skaffold calls with each image that it built.</summary>
[Trait("Category", "Slow")]
public sealed class InspectImageTests(BuiltImages images)
{
    static Task<Outcome> Inspect(string image, string policy) => Command.Run(Repository.At("eng/inspect-image"), [image], ("POLICY", policy));

    [Fact]
    public async Task An_image_of_the_engine_passes_and_what_is_not_known_is_said()
    {
        var run = await Inspect(images.Worker, "policies/plimsoll.yaml");
        Assert.Contains("limits (size, layers, efficiency, waste), findings.failOn, secrets.failOn", run.Text);
        Assert.Contains($"{images.Worker} is undecided, since nothing here knows of vulnerabilities", run.Error);
    }

    [Fact]
    public async Task One_that_is_too_large_fails()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(1, (await Inspect(images.Worker, folder.Write("small.yaml", "name: small\nlimits: { size: 1MiB }\n"))).ExitCode);
    }

    [Fact]
    public async Task One_that_is_nowhere_is_an_error()
    {
        Assert.NotEmpty(images.Worker);
        var run = await Inspect("127.0.0.1:1/nothing:1", "policies/plimsoll.yaml");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("127.0.0.1:1/nothing:1", run.Error);
    }
}
