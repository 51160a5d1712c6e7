using System.Text.Json.Nodes;

namespace Plimsoll.Chart.Tests.Samples;

/// <summary>The objects that helm rendered.</summary>
internal sealed record Rendering(string Text, IReadOnlyList<JsonObject> Objects)
{
    public static Rendering Of(string text) => new(text, [.. Yaml.Documents(text)]);

    /// <summary>Such as <c>Deployment plimsoll-api</c>; null when there is none.</summary>
    public JsonObject? Find(string kind, string name) => OfKind(kind).SingleOrDefault(one => Name(one) == name);

    public JsonObject Get(string kind, string name) => Find(kind, name) ?? throw new InvalidOperationException($"there is no {kind} {name} among {string.Join(", ", Objects.Select(Title))}");

    public IEnumerable<JsonObject> OfKind(string kind) => Objects.Where(one => Kind(one) == kind);

    /// <summary>Every pod, or template of pods, with the object that it is in.</summary>
    public IEnumerable<(JsonObject Owner, JsonObject Pod)> Pods() => Objects.Select(one => (one, (Kind(one) == "Pod" ? one : one["spec"]?["template"]) as JsonObject))
        .Where(pair => pair.Item2?["spec"]?["containers"] is not null).Select(pair => (pair.one, pair.Item2!));

    public JsonObject PodOf(string component) => Pods().Single(pair => (string?)pair.Pod["metadata"]!["labels"]!["app.kubernetes.io/component"] == component).Pod;

    public static string Kind(JsonObject one) => (string)one["kind"]!;

    public static string Name(JsonObject one) => (string)one["metadata"]!["name"]!;

    public static string Title(JsonObject one) => $"{Kind(one)} {Name(one)}";

    /// <summary>The containers of a pod that run on, and those before them.</summary>
    public static IEnumerable<JsonObject> Containers(JsonObject pod, bool first = true) =>
        List(pod["spec"]!["containers"]).Concat(first ? List(pod["spec"]!["initContainers"]) : []);

    public static IReadOnlyList<JsonObject> List(JsonNode? node) => [.. (node as JsonArray ?? []).Select(item => item!.AsObject())];
}
