using System.Text.Json.Nodes;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>What a patch makes of an object.</summary>
internal static class FakePatch
{
    public const string Apply = "application/apply-patch+yaml", JsonMerge = "application/merge-patch+json", Strategic = "application/strategic-merge-patch+json";

    public static readonly IReadOnlySet<string?> Types = new HashSet<string?> { Apply, JsonMerge, Strategic };

    /// <summary>Lists that are maps by a field of their items, to who applies or patches strategically.</summary>
    static readonly Dictionary<string, string> Keys = new()
    {
        ["containers"] = "name", ["initContainers"] = "name", ["volumes"] = "name", ["env"] = "name", ["imagePullSecrets"] = "name", ["conditions"] = "type",
    };

    public static JsonObject Merge(JsonObject into, JsonObject patch, string type)
    {
        foreach (var (name, value) in patch)
            switch (value)
            {
                // An apply says nothing about what it sets to null; to the others that means to remove it.
                case null when type == Apply:
                    break;
                case null:
                    into.Remove(name);
                    break;
                case JsonObject inner:
                    into[name] = Merge(into[name] is JsonObject known ? (JsonObject)known.DeepClone() : [], inner, type);
                    break;
                case JsonArray items when type != JsonMerge && Keys.TryGetValue(name, out var key):
                    into[name] = Merge(into[name] is JsonArray there ? (JsonArray)there.DeepClone() : [], items, key, type);
                    break;
                default:
                    into[name] = value.DeepClone();
                    break;
            }
        return into;
    }

    static JsonArray Merge(JsonArray into, JsonArray items, string key, string type)
    {
        foreach (var item in items.OfType<JsonObject>())
            if (into.FirstOrDefault(one => (string?)one![key] == (string?)item[key]) is JsonObject known)
                Merge(known, item, type);
            else
                into.Add(Merge([], item, type));
        return into;
    }
}
