using System.Globalization;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Optimizing;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Optimizing;

/// <summary>An image that nobody vouches for, given to the optimiser: it is refused with a reason and leaves nothing behind, or what comes out is what went in.</summary>
internal sealed class Trial : IDisposable
{
    // The other reader looks through all paths for each.
    const long LargestToUnpack = 128 << 10;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Bytes that the optimiser has allocated, and the time that it took.</summary>
    public (long Bytes, TimeSpan Time) Cost { get; private set; }

    /// <summary>The reason for which it is refused; null where there is an image.</summary>
    /// <param name="place">Name of what is written: an archive or a folder.</param>
    public async Task<string?> Of(byte[] archive, string place = "out.tar", Func<OptimizeRequest, OptimizeRequest>? how = null)
    {
        var ct = TestContext.Current.CancellationToken;
        var (source, output) = (_folder.Write("in.tar", archive), _folder.At(place));
        ImageTarget target = Path.GetExtension(place) switch { ".tar" => new ImageTarget.DockerArchive(output), ".oci" => new ImageTarget.OciArchive(output), _ => new ImageTarget.OciLayout(output) };
        var request = new OptimizeRequest(new InspectionRequest(new ImageSource.File(source)));
        var (bytes, started) = (GC.GetTotalAllocatedBytes(precise: true), TimeProvider.System.GetTimestamp());
        var done = await new Optimizer(Limits.Default).Optimize(how is null ? request : how(request), target, null, ct);
        Cost = (GC.GetTotalAllocatedBytes(precise: true) - bytes, TimeProvider.System.GetElapsedTime(started));
        if (done.Failure is { } failure)
        {
            Assert.Null(done.Image);
            Assert.Matches(@"\S", failure.Reason);
            Assert.Equal([source], Directory.EnumerateFileSystemEntries(_folder.Root));
            return failure.Reason;
        }
        Assert.True(done.Image is { Proof.Holds: true, Written: not null }, $"the proof does not hold: {string.Join("; ", done.Image!.Proof.Differences)}");
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(_folder.Root).Count());
        var (before, after) = (await Layers(source, ct), await Layers(output, ct));
        if (done.Image.Dropped.Count == 0)
            Same(before, after);
        await IsReport(output, after);
        Remove(output);
        return null;
    }

    // By the engine, which takes anything that it takes for an image; and without it, as far as another reader of tars goes along.
    static void Same(List<byte[]> before, List<byte[]> after)
    {
        var seen = Seen(before);
        Assert.Equal(seen, Seen(after));
        // Of a size that begins with a NUL it makes none, unlike those that engines use, and takes what follows for the end.
        if (before.Sum(layer => layer.LongLength) < LargestToUnpack && !before.Exists(HasMore) && Unpacks(before) is { } was && was.Count == seen.Count)
            Assert.Equal(was, Unpacked.Of(after));
    }

    // It makes something of entries that no engine unpacks.
    static bool HasMore(byte[] layer)
    {
        using var facts = new LayerFacts(Limits.Default, new Budget("files", Limits.Default.Entries));
        facts.Feed(layer);
        facts.Complete();
        return facts.HasMore;
    }

    static IReadOnlyList<string>? Unpacks(List<byte[]> layers)
    {
        try
        {
            return Unpacked.Of(layers);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }

    static List<string> Seen(List<byte[]> layers)
    {
        List<LayerIndex> indexes = [.. layers.Select(TestLayer.IndexOf)];
        var tree = FileTree.Of(indexes, Limits.Default);
        var first = new Dictionary<(int, int), int>();
        var seen = new List<string>();
        for (var id = 1; id < tree.Nodes.Count; id++)
            if (tree.Nodes[id] is { Visible: true } node)
                seen.Add($"{PathText.Show(tree.PathOf(id))} {(node.Layer == NodeStore.None ? "Directory 1ed 0:0 0" : Said(tree, indexes, node))}");
        seen.Sort(StringComparer.Ordinal);
        return seen;
    }

    static string Said(FileTree tree, List<LayerIndex> layers, NodeStore.Node node)
    {
        var owner = tree.Links.OwnerOf(node.Layer, node.Entry);
        var (stated, shared) = (layers[node.Layer].Table[node.Entry], layers[owner.Layer].Table[owner.Entry]);
        var xattrs = string.Join(",", (stated.Xattrs ?? new Dictionary<string, byte[]>()).Select(one => $"{one.Key}={Convert.ToHexString(one.Value)}").Order(StringComparer.Ordinal));
        var content = shared.Type == EntryType.Directory ? "" : string.Create(CultureInfo.InvariantCulture, $" {shared.Size} {shared.Content:x} {shared.LinkTarget} x{tree.Links.PathsOf(owner)}");
        return string.Create(CultureInfo.InvariantCulture, $"{shared.Type} {(int)stated.Mode:x} {stated.Uid}:{stated.Gid} {stated.ModifiedAt}{content}{xattrs}");
    }

    static async Task<List<byte[]>> Layers(string path, CancellationToken ct)
    {
        using var source = await OpenSource.Open(new InspectionRequest(new ImageSource.File(path)), new(), Limits.Default, ct);
        var layers = new List<byte[]>();
        foreach (var layer in Assert.Single(source.Images.Images).Layers)
        {
            var tar = new MemoryStream();
            await new LayerBytes(Limits.Default).Read(layer, null, part => tar.Write(part.Span), () => { }, ct);
            layers.Add(tar.ToArray());
        }
        return layers;
    }

    static async Task IsReport(string path, List<byte[]> layers)
    {
        var report = (await TestImage.Inspect(new ImageSource.File(path))).Report;
        Assert.Empty(report.Failures);
        Assert.Equal(layers.Select(layer => Digest.Of(layer)), Assert.Single(report.Images).Layers.Select(layer => layer.DiffId));
    }

    static void Remove(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }
}
