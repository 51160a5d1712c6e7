using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Chart.Tests.Samples;

/// <summary>
/// What <c>skaffold.yaml</c> says once profiles are applied, as Skaffold does it: patches in the order of the file, one after the other, on the whole
/// (<see href="https://skaffold.dev/docs/environment/profiles/"/>). Skaffold itself is not run.
/// </summary>
internal sealed partial record Skaffold(JsonObject Config)
{
    /// <summary>Profiles alone, and as they are used together.</summary>
    public static TheoryData<string> Combinations => ["", "dev", "dev debug", "k3d", "dev k3d", "ci"];

    public static JsonObject File => Yaml.Documents(System.IO.File.ReadAllText(Repository.At("skaffold.yaml"))).Single();

    public static IEnumerable<JsonObject> Profiles => Rendering.List(File["profiles"]);

    public static Skaffold With(params string[] profiles)
    {
        var config = File;
        foreach (var patch in Profiles.Where(profile => profiles.Contains((string)profile["name"]!)).SelectMany(profile => Rendering.List(profile["patches"])))
            Apply(config, (string)patch["op"]!, (string)patch["path"]!, patch["value"]?.DeepClone());
        return new Skaffold(config);
    }

    public IReadOnlyList<JsonObject> Builds => Rendering.List(Config["build"]!["artifacts"]);

    public JsonObject Release => Rendering.List(Config["deploy"]!["helm"]!["releases"]).Single();

    /// <summary>What Skaffold sets, in its order: plain values, then those with an image in them, each as <c>--set key=value</c>.</summary>
    /// <param name="image">The reference of an image that was built, by its name.</param>
    public IEnumerable<(string Key, string Value)> Values(Func<string, string> image)
    {
        var variables = Builds.Select(build => (string)build["image"]!).SelectMany(name => Variables(name, image(name))).ToDictionary();
        return Flat(Release["setValues"]).Concat(Flat(Release["setValueTemplates"]).Select(pair => (pair.Key, Template().Replace(pair.Value, match => variables[match.Groups[1].Value]))));
    }

    /// <summary>The chart, rendered as Skaffold has it rendered.</summary>
    public Task<Rendering> Render(Func<string, string> image) => Helm.Render(["--namespace", (string)Release["namespace"]!, .. Values(image).SelectMany(pair => new[] { "--set", $"{pair.Key}={pair.Value}" })]);

    // What is no letter, digit or underscore is no part of a name in a template of Go.
    static IEnumerable<(string, string)> Variables(string name, string reference)
    {
        var parts = Reference().Match(reference).Groups;
        var suffix = Regex.Replace(name, "[^A-Za-z0-9_]", "_");
        return [($"IMAGE_REPO_{suffix}", parts["repository"].Value), ($"IMAGE_TAG_{suffix}", parts["tag"].Value), ($"IMAGE_DIGEST_{suffix}", parts["digest"].Value)];
    }

    static IEnumerable<(string Key, string Value)> Flat(JsonNode? node, string path = "") => node switch
    {
        JsonObject mapping => mapping.SelectMany(member => Flat(member.Value, path.Length == 0 ? member.Key : $"{path}.{member.Key}")).OrderBy(pair => pair.Key, StringComparer.Ordinal),
        JsonArray list => list.SelectMany((item, i) => Flat(item, $"{path}[{i}]")),
        _ => [(path, node?.ToString() ?? "")],
    };

    // RFC 6902, of which Skaffold's own reader knows no more than these where lists and maps are concerned.
    static void Apply(JsonObject config, string op, string path, JsonNode? value)
    {
        var steps = path.Split('/')[1..];
        JsonNode place = config;
        foreach (var step in steps[..^1])
            place = (place is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : place[step]) ?? throw new InvalidDataException($"{path}: there is no {step}");
        if (place is JsonArray items && op == "remove")
        {
            items.RemoveAt(int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture));
            return;
        }
        var (mapping, key) = (place.AsObject(), steps[^1]);
        if (op is "remove" or "replace" && !mapping.ContainsKey(key))
            throw new InvalidDataException($"{path}: there is nothing to {op}");
        if (op == "remove")
            mapping.Remove(key);
        else if (op is "add" or "replace")
            mapping[key] = value;
        else
            throw new InvalidDataException($"{path}: there is no {op}");
    }

    [GeneratedRegex(@"\{\{\.(\w+)\}\}")]
    private static partial Regex Template();

    [GeneratedRegex("^(?<repository>.+?):(?<tag>[A-Za-z0-9_.-]+)(@(?<digest>sha256:.+))?$")]
    private static partial Regex Reference();
}
