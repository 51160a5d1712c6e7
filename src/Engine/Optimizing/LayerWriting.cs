using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Writing;

namespace Plimsoll.Engine.Optimizing;

/// <summary>A layer in the output, with what its bytes turned out to hold.</summary>
internal sealed record NewLayer(WrittenLayer Written, LayerFacts Facts, LayerIndex Index, long Bytes, bool IsRewritten);

/// <summary>Puts the layers of a plan into an output. What is written is read again on its way, by a parser that knows of no plan.</summary>
internal sealed class LayerWriting(IImageOutput output, LayerBytes bytes, ImageName? from, OptimizeRequest request, Limits limits)
{
    public async Task<NewLayer> Write(SourceLayer layer, LayerPlan plan, bool isBase, CancellationToken ct)
    {
        var wanted = isBase ? null : request.Compression;
        if (plan.Splices.Count == 0 && (wanted is null || Format(wanted.Value) == layer.Read.Compression))
            return await Copy(layer, ct);
        return await LayerBytes.Named(layer.Blob, () => Rewrite(layer, plan, ct));
    }

    async Task<NewLayer> Copy(SourceLayer layer, CancellationToken ct)
    {
        var written = await output.Copy(layer.Blob, from, ct);
        if (written.DiffId != layer.Read.DiffId)
            throw new InvalidOperationException($"the output took {written.DiffId} for {layer.Read.DiffId}");
        return new NewLayer(written, layer.Facts, layer.Index, layer.Read.Bytes, IsRewritten: false);
    }

    async Task<NewLayer> Rewrite(SourceLayer layer, LayerPlan plan, CancellationToken ct)
    {
        LayerFacts? facts = null;
        long length = 0;
        try
        {
            var written = await output.Write(Encoding(layer), async (stream, token) =>
            {
                // A registry may lose what it was sent, and want it again.
                facts?.Dispose();
                var (now, count) = (new LayerFacts(limits, new Budget("files in its layers", limits.Entries)), 0L);
                facts = now;
                var splicer = new Splicer(plan.Splices, part =>
                {
                    count += part.Length;
                    now.Feed(part.Span);
                    return stream.WriteAsync(part, token);
                });
                await bytes.Read(layer.Blob, null, splicer.Feed, () => ValueTask.CompletedTask, token);
                length = count;
            }, ct);
            if (facts is null || length != layer.Read.Bytes - plan.Saved)
                throw new InvalidOperationException($"{length} bytes were written of {layer.Read.Bytes - plan.Saved}");
            facts.Complete();
            return new NewLayer(written, facts, facts.Index(written.Digest, written.DiffId, written.Size), length, IsRewritten: true);
        }
        finally
        {
            facts?.Dispose();
        }
    }

    LayerEncoding Encoding(SourceLayer layer)
    {
        if (request.Compression is { } wanted)
            return new LayerEncoding(Format(wanted), request.Level);
        var stored = layer.Read.Compression;
        var usual = stored == Compression.None || output.DefaultCompression == Compression.None ? output.DefaultCompression : stored;
        return new LayerEncoding(usual, request.Level);
    }

    static Compression Format(LayerFormat format) => format == LayerFormat.Zstd ? Compression.Zstd : Compression.Gzip;
}
