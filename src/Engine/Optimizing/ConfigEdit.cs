using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Optimizing;

/// <summary>
/// Gives a config other layers. Only <c>rootfs.diff_ids</c> and the steps whose layers went are written anew; every other byte stays, what
/// nobody knows too.
/// </summary>
internal static class ConfigEdit
{
    /// <param name="diffIds">Of each layer of the image; null for one that went. Its step of the history is said to have made none.</param>
    public static byte[] Rewrite(ReadOnlyMemory<byte> config, IReadOnlyList<Digest?> diffIds)
    {
        RefuseWhatIsNoJson(config);
        var edits = new List<(int Start, int End, byte[] Text)>();
        var places = ConfigPlaces.Find(config.Span);
        if (places.DiffIds is not var (start, end))
            throw new UnreadableImageException("the config has no rootfs.diff_ids", "it is not the config of a container image");
        if (!SameLayers(config, diffIds))
            edits.Add((start, end, Encoding.UTF8.GetBytes($"[{string.Join(",", diffIds.OfType<Digest>().Select(id => $"\"{id.Value}\""))}]")));
        foreach (var (step, layer) in places.Steps.Where(step => !step.IsEmpty).Select((step, layer) => (step, layer)))
            if (layer < diffIds.Count && diffIds[layer] is null)
                edits.Add(step.Flag is var (from, to) ? (from, to, "true"u8.ToArray())
                    : (step.End, step.End, Encoding.UTF8.GetBytes(step.HasFields ? ",\"empty_layer\":true" : "\"empty_layer\":true")));
        return Apply(config.Span, edits);
    }

    /// <summary>Whether each layer has its step in the history, so that it can be said of one that it made none. A config without a history has nothing to say.</summary>
    public static bool TellsLayers(ImageConfig config) =>
        config.History.Count == 0 || config.History.Count(step => !step.EmptyLayer) == config.DiffIds.Count;

    // Readers pass over what they do not know, and take it for text without a look.
    static void RefuseWhatIsNoJson(ReadOnlyMemory<byte> config)
    {
        if (!Utf8.IsValid(config.Span))
            throw new UnreadableImageException("the image config is not valid UTF-8");
        try
        {
            using var document = JsonDocument.Parse(config);
        }
        catch (JsonException e)
        {
            throw new UnreadableImageException("the image config is not valid JSON", null, e);
        }
    }

    static bool SameLayers(ReadOnlyMemory<byte> config, IReadOnlyList<Digest?> diffIds) => ImageConfigReader.Read(config.Span).DiffIds.SequenceEqual(diffIds);

    static byte[] Apply(ReadOnlySpan<byte> config, IEnumerable<(int Start, int End, byte[] Text)> edits)
    {
        var result = new List<byte>(config.Length);
        var at = 0;
        foreach (var (start, end, text) in edits.OrderBy(edit => edit.Start))
        {
            result.AddRange(config[at..start]);
            result.AddRange(text);
            at = end;
        }
        result.AddRange(config[at..]);
        return [.. result];
    }
}
