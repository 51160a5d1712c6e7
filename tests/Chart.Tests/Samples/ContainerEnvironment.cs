using System.Text;
using System.Text.Json.Nodes;

namespace Plimsoll.Chart.Tests.Samples;

/// <summary>
/// The environment that Kubernetes gives to a container of the rendered chart: <c>envFrom</c> first, <c>env</c> over it, with what the chart's own
/// Secrets and ConfigMaps hold. <c>KUBERNETES_*</c> and the names of services are not in it: pods of the chart have <c>enableServiceLinks: false</c>.
/// </summary>
internal static class ContainerEnvironment
{
    /// <param name="container">Such as <c>api</c>, <c>worker</c>, <c>migrate</c>.</param>
    /// <param name="elsewhere">Gives the value of a key in a Secret or ConfigMap that is not the chart's; null to fail on these.</param>
    public static IReadOnlyDictionary<string, string> Of(Rendering chart, string component, string? container = null, Func<string, string, string>? elsewhere = null)
    {
        var found = Rendering.Containers(chart.PodOf(component)).Single(one => (string)one["name"]! == (container ?? component));
        var environment = new Dictionary<string, string>();
        foreach (var source in Rendering.List(found["envFrom"]))
        {
            var (kind, name) = source["configMapRef"] is { } map ? ("ConfigMap", (string)map["name"]!) : ("Secret", (string)source["secretRef"]!["name"]!);
            foreach (var (key, _) in chart.Find(kind, name)?["data"]?.AsObject() ?? [])
                environment[(string?)source["prefix"] + key] = Value(chart, kind, name, key, elsewhere);
        }
        foreach (var variable in Rendering.List(found["env"]))
            environment[(string)variable["name"]!] = (string?)variable["value"] ?? Referred(chart, variable["valueFrom"]!, elsewhere);
        return environment;
    }

    static string Referred(Rendering chart, JsonNode source, Func<string, string, string>? elsewhere)
    {
        // What only a pod that is there has, such as its name.
        if (source["fieldRef"] is { } field)
            return (string)field["fieldPath"]!;
        var (kind, reference) = source["secretKeyRef"] is { } secret ? ("Secret", secret) : ("ConfigMap", source["configMapKeyRef"]!);
        return Value(chart, kind, (string)reference["name"]!, (string)reference["key"]!, elsewhere);
    }

    /// <summary>What one key of a Secret or ConfigMap holds, as the container sees it.</summary>
    public static string Value(Rendering chart, string kind, string name, string key, Func<string, string, string>? elsewhere) => chart.Find(kind, name) switch
    {
        null => elsewhere?.Invoke(name, key) ?? throw new InvalidOperationException($"{kind} {name} is not the chart's"),
        { } own => (string?)own["data"]?[key] switch
        {
            null => throw new InvalidOperationException($"{kind} {name} has no key {key}"),
            var value => kind == "Secret" ? Encoding.UTF8.GetString(Convert.FromBase64String(value)) : value,
        },
    };
}
