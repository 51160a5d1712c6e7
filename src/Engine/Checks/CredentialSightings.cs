using System.Text;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

/// <summary>A credential file in a layer, whether or not a later layer hid it.</summary>
/// <param name="HiddenBy">The layer that deleted or overwrote it; null while it is visible.</param>
internal sealed record CredentialSighting(string What, int Layer, LayerEntry Entry, int? HiddenBy, bool Deleted)
{
    public string Path => Entry.Path;

    public string Verb => What == CredentialFiles.KeyStore ? "is" : "holds";

    /// <summary>A place for examples only lowers the confidence: nothing is trusted for where it lies. Null where nothing speaks against it.</summary>
    public Severity? Confidence =>
        IsExample(Entry.PathBytes) ? Severity.Low : What is CredentialFiles.KeyStore or CredentialFiles.EncryptedKey ? Severity.Medium : null;

    static bool IsExample(ReadOnlySpan<byte> path) =>
        path.IsVendored() || path.IsUnder("etc/ssl"u8) || path.IsUnder("etc/pki"u8) || path.HasParts("test"u8) || path.HasParts("tests"u8)
        || path.HasParts("testdata"u8) || path.HasParts("fixtures"u8) || path.HasParts("examples"u8);
}

/// <summary>Looks for credential files in every layer: deleting a file in a later layer takes it out of sight, not out of the image.</summary>
internal static class CredentialSightings
{
    public static IReadOnlyList<CredentialSighting> In(InspectedImage image)
    {
        var found = image.Layers.SelectMany((layer, number) => InLayer(layer, number)).ToList();
        var hidden = found.Count == 0 ? [] : HiddenOf(image, [.. found.Select(file => (file.Layer, file.Entry.Index))]);
        return [.. found.Select(file => hidden.TryGetValue((file.Layer, file.Entry.Index), out var gone)
            ? file with { HiddenBy = gone.HiddenBy, Deleted = gone.How == HiddenHow.Deleted } : file)];
    }

    static IEnumerable<CredentialSighting> InLayer(LayerIndex layer, int number) =>
        from entry in layer.Entries
        where entry.Type == EntryType.File && entry.Size > 0 && !Whiteout.Is(entry.PathBytes) && CredentialFiles.IsCandidate(entry.PathBytes)
        // What the content told while the layer was read is all that was kept of it.
        let what = CredentialFiles.ByPath(entry.PathBytes) ?? (layer.Kept.TryGetValue(entry.Path, out var kept) ? Encoding.UTF8.GetString(kept) : null)
        where what is not null
        select new CredentialSighting(what, number, entry, null, false);

    static Dictionary<(int, int), HiddenEntry> HiddenOf(InspectedImage image, HashSet<(int, int)> wanted)
    {
        var hidden = new Dictionary<(int, int), HiddenEntry>();
        foreach (var entry in image.Tree.Hidden)
            if (wanted.Contains((entry.Layer, entry.Entry)))
                hidden[(entry.Layer, entry.Entry)] = entry;
        return hidden;
    }
}
