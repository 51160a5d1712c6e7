using System.Formats.Tar;
using System.Text.Json;
using Plimsoll.Engine.Images;

namespace Plimsoll.Client.Inspections;

/// <summary>
/// A directory that holds an OCI layout or an unpacked docker archive, as the archive that it would be. Only what the image is made of is sent, so that
/// a directory named by mistake gives nothing away: <c>blobs</c> by the digests in their names (OCI image-layout.md), and what <c>manifest.json</c> names.
/// </summary>
public static class Layout
{
    const int MostManifestBytes = 4 << 20;

    static readonly string[] Tops = ["oci-layout", "index.json", "manifest.json", "repositories"];

    /// <returns>Null: the directory holds no image.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Archive? Find(string directory)
    {
        var tops = Tops.Where(name => IsPlain(Path.Combine(directory, name))).ToList();
        if (!tops.Contains("manifest.json") && !tops.Contains("index.json"))
            return null;
        string[] names = [.. tops, .. Blobs(directory).Concat(tops.Contains("manifest.json") ? Named(directory) : []).Distinct().Order(StringComparer.Ordinal)];
        return new Archive((output, ct) => Write(directory, names, output, ct), null, MayRepeat: true);
    }

    static async Task Write(string directory, IEnumerable<string> names, Stream output, CancellationToken ct)
    {
        await using var tar = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var name in names)
        {
            await using var file = new FileStream(Path.Combine(directory, name), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            // The same directory gives the same bytes, and so the same inspection.
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = file, ModificationTime = DateTimeOffset.UnixEpoch }, ct);
        }
    }

    static IEnumerable<string> Blobs(string directory)
    {
        var blobs = Path.Combine(directory, "blobs");
        if (!Directory.Exists(blobs))
            return [];
        return Directory.EnumerateDirectories(blobs).SelectMany(Directory.EnumerateFiles)
            .Select(file => Path.GetRelativePath(directory, file).Replace('\\', '/'))
            .Where(name => name.Split('/') is [_, var algorithm, var hex] && Digest.TryParse($"{algorithm}:{hex}", null, out _) && IsPlain(Path.Combine(directory, name)));
    }

    // manifest.json is a list of images, each with Config and Layers (docker save).
    static List<string> Named(string directory)
    {
        using var file = File.OpenRead(Path.Combine(directory, "manifest.json"));
        if (file.Length > MostManifestBytes)
            return [];
        try
        {
            using var manifest = JsonDocument.Parse(file);
            var names = new List<string?>();
            foreach (var image in manifest.RootElement.EnumerateArray())
                names.AddRange([image.GetProperty("Config").GetString(), .. image.GetProperty("Layers").EnumerateArray().Select(layer => layer.GetString())]);
            return [.. names.OfType<string>().Where(name => name.Split('/').All(part => part is not ("" or "." or "..")) && IsPlain(Path.Combine(directory, name)))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // It is another manifest.json: what stands in it is no image's.
            return [];
        }
    }

    // A link may lead out of the directory.
    static bool IsPlain(string path) => new FileInfo(path) is { Exists: true, LinkTarget: null };
}
