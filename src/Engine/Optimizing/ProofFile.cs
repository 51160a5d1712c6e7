using System.Text.Json;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Optimizing;

/// <summary>A proof as JSON lines: what holds, what differs, and every path with what it was. The same images give the same bytes.</summary>
internal static class ProofFile
{
    static readonly JsonWriterOptions OneLine = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Proof proof, Stream output)
    {
        using var json = new Utf8JsonWriter(output, OneLine);
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 1);
        json.WriteBoolean("holds", proof.Holds);
        json.WriteNumber("paths", proof.Paths);
        json.WriteNumber("dropped", proof.Dropped);
        json.WriteNumber("differences", proof.DifferenceCount);
        End(json, output);
        foreach (var difference in proof.Differences)
        {
            json.WriteStartObject();
            json.WriteString("path", difference.Path);
            json.WriteString("difference", difference.What);
            End(json, output);
        }
        foreach (var (path, id) in Sorted(proof.Before))
            Line(json, proof, path, id, output);
    }

    static void Line(Utf8JsonWriter json, Proof proof, byte[] path, int id, Stream output)
    {
        var state = FileState.Of(proof.Before, proof.Facts, id);
        json.WriteStartObject();
        json.WriteString("path", PathText.Show(path));
        json.WriteString("type", JsonNamingPolicy.CamelCase.ConvertName(state.Type.ToString()));
        json.WriteString("mode", Convert.ToString(state.Mode, 8).PadLeft(4, '0'));
        json.WriteNumber("uid", state.Uid);
        json.WriteNumber("gid", state.Gid);
        if (state.Content is { } content)
        {
            json.WriteNumber("size", state.Size);
            json.WriteString("sha256", content.ToString());
        }
        if (state.Link is { } link)
            json.WriteString("link", link);
        if (state.Device is { } device)
            json.WriteString("device", $"{device.Major}:{device.Minor}");
        foreach (var (name, value) in state.Xattrs.OrderBy(one => one.Key, StringComparer.Ordinal))
            json.WriteBase64String($"xattr:{name}", value);
        if (state.ModifiedAt is { } time)
            json.WriteNumber("mtime", time);
        Shared(json, proof.Before, id);
        if (proof.DroppedNodes.TryGetValue(id, out var category))
            json.WriteString("dropped", category.Word);
        End(json, output);
    }

    static void Shared(Utf8JsonWriter json, FileTree tree, int id)
    {
        if (tree.Nodes[id] is { Layer: not NodeStore.None } node && tree.Links.OwnerOf(node.Layer, node.Entry) is var owner && tree.Links.PathsOf(owner) > 1)
            json.WriteString("shares", $"{owner.Layer}:{owner.Entry}");
    }

    static (byte[] Path, int Id)[] Sorted(FileTree tree)
    {
        var paths = Enumerable.Range(1, tree.Nodes.Count - 1).Where(id => tree.Nodes[id].Visible).Select(id => (Path: tree.PathOf(id), Id: id)).ToArray();
        Array.Sort(paths, (a, b) => a.Path.AsSpan().SequenceCompareTo(b.Path));
        return paths;
    }

    static void End(Utf8JsonWriter json, Stream output)
    {
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
        json.Reset();
    }
}
