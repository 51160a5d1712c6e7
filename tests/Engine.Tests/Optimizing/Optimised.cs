using System.Text.Json.Nodes;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images.Writing;
using Plimsoll.Engine.Optimizing;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Optimizing;

/// <summary>An image of a test before and after the optimiser, which reads it from a docker archive and writes it into memory.</summary>
internal sealed record Optimised(OptimizedImage? Image, Failure? Failure, MemoryOutput Output, IReadOnlyList<byte[]> Before)
{
    public IReadOnlyList<byte[]> Tars => Output.Tars;

    public FileTree Tree => FileTree.Of([.. Tars.Select(TestLayer.IndexOf)], Limits.Default);

    public JsonNode Config => JsonNode.Parse(Output.Config!)!;

    /// <summary>The paths of each layer as its tar has them.</summary>
    public string[][] Paths => [.. Tars.Select(tar => TestLayer.IndexOf(tar).Entries.Select(entry => entry.Path).ToArray())];

    public static Task<Optimised> Of(int kept, params TestLayer[] layers) => Of(new TestImage([.. layers.Select(layer => layer.Tar())]), request => request with { KeptLayers = kept });

    public static async Task<Optimised> Of(TestImage image, Func<OptimizeRequest, OptimizeRequest>? how = null, MemoryOutput? output = null)
    {
        using var folder = new TemporaryFolder();
        var source = new ImageSource.File(folder.Write("image.tar", TestImage.Tar(image.BuildKit())));
        var request = new OptimizeRequest(new InspectionRequest(source));
        output ??= new MemoryOutput(Compression.None);
        var done = await new Optimizer(Limits.Default).Optimize(
            how is null ? request : how(request), _ => Task.FromResult<IImageOutput>(output), null, TestContext.Current.CancellationToken);
        Assert.True(output.IsDisposed || done.Failure is not null);
        return new Optimised(done.Image, done.Failure, output, image.Layers);
    }
}
