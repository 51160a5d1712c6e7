using System.Runtime.InteropServices;
using System.Text.Json;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Optimizing;

/// <summary>Compares two configs: they may differ in their layers, and in which steps of the history made one.</summary>
internal static class ConfigProof
{
    /// <param name="diffIds">What the layers are now.</param>
    public static IEnumerable<ProofDifference> Compare(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after, IReadOnlyList<Digest> diffIds)
    {
        using var old = JsonDocument.Parse(before);
        using var now = JsonDocument.Parse(after);
        foreach (var name in Differing(old.RootElement, now.RootElement, "history", "rootfs"))
            yield return new ProofDifference("(config)", $"{name} is another");
        if (Of(old, "rootfs") is { } roots && Of(now, "rootfs") is { } newRoots)
            foreach (var name in Differing(roots, newRoots, "diff_ids"))
                yield return new ProofDifference("(config)", $"rootfs.{name} is another");
        var (was, config) = (ImageConfigReader.Read(before.Span), ImageConfigReader.Read(after.Span));
        if (!config.DiffIds.SequenceEqual(diffIds))
            yield return new ProofDifference("(config)", "rootfs.diff_ids does not name the layers that were written");
        if (!was.History.Select(Said).SequenceEqual(config.History.Select(Said)))
            yield return new ProofDifference("(config)", "the steps of the history are others");
        if (ConfigEdit.TellsLayers(was) && !ConfigEdit.TellsLayers(config))
            yield return new ProofDifference("(config)", "the history has not as many steps with layers as there are layers");
    }

    static (string, DateTimeOffset?, string?) Said(HistoryEntry step) => (step.CreatedBy, step.Created, step.Comment);

    // What may not differ was copied, so that it is the same to the byte. Of a name that comes twice the last counts.
    static IEnumerable<string> Differing(JsonElement old, JsonElement now, params string[] free)
    {
        var (was, its) = (Last(old), Last(now));
        return was.Keys.Union(its.Keys).Where(name => !free.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Where(name => !was.TryGetValue(name, out var a) || !its.TryGetValue(name, out var b) || !JsonMarshal.GetRawUtf8Value(a).SequenceEqual(JsonMarshal.GetRawUtf8Value(b)));
    }

    static Dictionary<string, JsonElement> Last(JsonElement element)
    {
        var last = new Dictionary<string, JsonElement>();
        foreach (var property in element.EnumerateObject())
            last[property.Name] = property.Value;
        return last;
    }

    static JsonElement? Of(JsonDocument document, string name) => document.RootElement.EnumerateObject()
        .Where(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind == JsonValueKind.Object)
        .Select(property => (JsonElement?)property.Value).LastOrDefault();
}
