using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Writing;

namespace Plimsoll.Engine.Optimizing;

/// <summary>Carries a plan out: layers, proof, and only where that holds the image.</summary>
internal sealed class ImageWriting(IImageOutput output, LayerBytes bytes, OptimizeRequest request, Limits limits)
{
    public async Task<OptimizedImage> Write(FoundImage image, KeptBase kept, IReadOnlyList<SourceLayer> layers, ImagePlan plan, CancellationToken ct)
    {
        var writing = new LayerWriting(output, bytes, (request.Image.Source as ImageSource.Registry)?.Name, request, limits);
        var written = new NewLayer?[layers.Count];
        for (var i = 0; i < layers.Count; i++)
            if (!plan.Layers[i].IsEmpty)
                written[i] = await writing.Write(layers[i], plan.Layers[i], i < kept.Layers, ct);

        List<NewLayer> left = [.. written.OfType<NewLayer>()];
        var config = ConfigEdit.Rewrite(image.ConfigBytes, [.. written.Select(layer => layer?.Written.DiffId)]);
        var after = FileTree.Of([.. left.Select(layer => layer.Index)], limits);
        var proof = Prove(image, layers, plan, left, after, config);
        var description = new ImageDescription(image.References, image.Annotations, image.Config.Platform);
        var done = proof.Holds ? await output.Commit(config, [.. left.Select(layer => layer.Written)], description, ct) : null;
        return OptimizeSums.Of(image, kept, layers, plan, written, proof, after, done?.Manifest);
    }

    static Proof Prove(FoundImage image, IReadOnlyList<SourceLayer> layers, ImagePlan plan, List<NewLayer> left, FileTree after, byte[] config)
    {
        var proof = new Proof(plan.Tree, [.. layers.Select(layer => layer.Facts)], plan.Drops.Dropped);
        foreach (var difference in ConfigProof.Compare(image.ConfigBytes, config, [.. left.Select(layer => layer.Written.DiffId)]))
            proof.Add(difference);
        proof.Compare(after, [.. left.Select(layer => layer.Facts)]);
        return proof;
    }
}
