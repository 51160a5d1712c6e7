using System.Text.Json;
using Plimsoll.Engine.Dockerfiles.Caching;

namespace Plimsoll.Engine.Dockerfiles.Reports;

/// <summary>
/// What a change rebuilds: <c>{ steps[], changes[], restores[], notes[] }</c>. The steps are told once, and named by their lines elsewhere: many
/// changes rebuild the same.
/// </summary>
internal static class CacheJson
{
    public static void Write(Utf8JsonWriter json, CacheReport cache)
    {
        json.WriteStartObject();
        json.Each("steps", cache.Groups.SelectMany(group => group.Steps)
            .Concat(cache.Advice.SelectMany(advice => advice.Now)).DistinctBy(step => step.Line).OrderBy(step => step.Line), Write);
        json.Each("changes", cache.Groups, Write);
        json.Each("restores", cache.Advice, Write);
        json.Texts("notes", cache.Notes);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, CacheStep step)
    {
        json.WriteStartObject();
        json.WriteNumber("line", step.Line);
        json.WriteString("stage", step.Stage);
        json.WriteString("text", step.Text);
        json.Number("layerBytes", step.LayerBytes);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, CacheGroup group)
    {
        json.WriteStartObject();
        json.Texts("paths", group.Paths);
        json.WriteNumber("morePaths", group.More);
        json.WriteNumber("files", group.Files);
        json.WriteNumber("bytes", group.Bytes);
        Rebuilt(json, "rebuilds", group.Steps, group.LayerBytes);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, CacheAdvice advice)
    {
        json.WriteStartObject();
        json.WriteNumber("line", advice.Line);
        json.WriteNumber("copyLine", advice.CopyLine);
        json.Texts("copyFirst", advice.First);
        json.WriteBoolean("needsParents", advice.AreBelow);
        json.WriteBoolean("isMixed", advice.IsMixed);
        Rebuilt(json, "now", advice.Now, advice.NowBytes);
        Rebuilt(json, "then", advice.Then, advice.ThenBytes);
        json.WriteEndObject();
    }

    static void Rebuilt(Utf8JsonWriter json, string name, IReadOnlyList<CacheStep> steps, long? bytes)
    {
        json.WriteStartObject(name);
        json.Each("lines", steps, (to, step) => to.WriteNumberValue(step.Line));
        json.Number("layerBytes", bytes);
        json.WriteEndObject();
    }
}
