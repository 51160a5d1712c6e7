using System.Text.Json;

namespace Plimsoll.Engine.Optimizing;

/// <summary>What became of an image, for programs. The same image gives the same bytes.</summary>
public static class OptimizeJson
{
    /// <summary>Writes UTF-8 with a newline at the end.</summary>
    public static void Write(OptimizedImage image, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            json.WriteString("reference", image.Reference);
            json.WriteString("platform", image.Platform.ToString());
            json.WriteString("written", image.Written?.Value);
            Sums(json, image);
            json.WriteStartArray("layers");
            foreach (var layer in image.Layers)
                Layer(json, layer);
            json.WriteEndArray();
            Paths(json, image);
            Proof(json, image.Proof);
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }

    static void Sums(Utf8JsonWriter json, OptimizedImage image)
    {
        json.WriteStartObject("base");
        json.WriteNumber("layers", image.Base.Layers);
        json.WriteString("why", image.Base.Why);
        json.WriteNumber("hiddenBytes", image.HiddenInBase);
        json.WriteNumber("notDroppedBytes", image.LeftInBase);
        json.WriteEndObject();
        json.WriteNumber("bytes", image.Layers.Sum(layer => layer.Bytes));
        json.WriteNumber("bytesAfter", image.Layers.Sum(layer => layer.After?.Bytes ?? 0));
        json.WriteNumber("storedBytes", image.Layers.Sum(layer => layer.StoredBytes));
        json.WriteNumber("storedBytesAfter", image.Layers.Sum(layer => layer.After?.StoredBytes ?? 0));
        json.WriteNumber("reclaimableBytes", image.Reclaimable);
        json.WriteNumber("reclaimedBytes", image.Reclaimed);
        json.WriteNumber("droppedBytes", image.Dropped.Sum(path => path.Bytes));
    }

    static void Layer(Utf8JsonWriter json, OptimizedLayer layer)
    {
        json.WriteStartObject();
        json.WriteString("fate", Word(layer.Fate));
        json.WriteString("digest", layer.Digest.Value);
        json.WriteNumber("bytes", layer.Bytes);
        json.WriteNumber("storedBytes", layer.StoredBytes);
        if (layer.After is { } after)
        {
            json.WriteStartObject("after");
            json.WriteString("digest", after.Digest.Value);
            json.WriteString("diffId", after.DiffId.Value);
            json.WriteNumber("bytes", after.Bytes);
            json.WriteNumber("storedBytes", after.StoredBytes);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    static void Paths(Utf8JsonWriter json, OptimizedImage image)
    {
        json.WriteStartArray("dropped");
        foreach (var path in image.Dropped)
        {
            json.WriteStartObject();
            json.WriteString("category", path.Category.Word);
            json.WriteString("path", path.Path);
            json.WriteNumber("bytes", path.Bytes);
            json.WriteNumber("layer", path.Layer);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("notDropped");
        foreach (var path in image.NotDropped)
        {
            json.WriteStartObject();
            json.WriteString("category", path.Category.Word);
            json.WriteString("path", path.Path);
            json.WriteString("why", path.Why);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Proof(Utf8JsonWriter json, Proof proof)
    {
        json.WriteStartObject("proof");
        json.WriteBoolean("holds", proof.Holds);
        json.WriteNumber("paths", proof.Paths);
        json.WriteNumber("dropped", proof.Dropped);
        json.WriteNumber("differences", proof.DifferenceCount);
        json.WriteStartArray("first");
        foreach (var difference in proof.Differences)
        {
            json.WriteStartObject();
            json.WriteString("path", difference.Path);
            json.WriteString("what", difference.What);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
