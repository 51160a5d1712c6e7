using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s.Models;

namespace Plimsoll.Chart.Tests.Samples;

/// <summary>
/// Decodes objects by the models of the Kubernetes client, and refuses members that these do not have. Kinds of others, which have no model there, are
/// held against a table of the fields that the chart uses.
/// </summary>
internal static class Models
{
    static readonly JsonSerializerOptions Strict = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    static readonly Dictionary<(string ApiVersion, string Kind), Type> Types = typeof(V1Pod).Assembly.GetTypes()
        .Select(type => (Type: type, Entity: type.GetCustomAttribute<KubernetesEntityAttribute>())).Where(pair => pair.Entity is not null && !pair.Type.IsGenericType)
        .ToDictionary(pair => (pair.Entity!.Group is { Length: > 0 } group ? $"{group}/{pair.Entity.ApiVersion}" : pair.Entity.ApiVersion, pair.Entity!.Kind), pair => pair.Type);

    /// <summary>Fields below <c>metadata</c> aside, which every kind has. A <c>*</c> is any key.</summary>
    static readonly Dictionary<(string ApiVersion, string Kind), string[]> Others = new()
    {
        // https://gateway-api.sigs.k8s.io/reference/spec/#httproute
        [("gateway.networking.k8s.io/v1", "HTTPRoute")] =
        [
            "spec.parentRefs[].name", "spec.parentRefs[].namespace", "spec.parentRefs[].sectionName", "spec.hostnames[]", "spec.rules[].matches[].path.type",
            "spec.rules[].matches[].path.value", "spec.rules[].timeouts.request", "spec.rules[].backendRefs[].name", "spec.rules[].backendRefs[].port",
        ],
        // https://keda.sh/docs/latest/reference/scaledobject-spec/ and https://keda.sh/docs/latest/scalers/postgresql/
        [("keda.sh/v1alpha1", "ScaledObject")] =
        [
            "spec.scaleTargetRef.name", "spec.minReplicaCount", "spec.maxReplicaCount", "spec.pollingInterval", "spec.cooldownPeriod",
            "spec.triggers[].type", "spec.triggers[].authenticationRef.name", "spec.triggers[].metadata.query", "spec.triggers[].metadata.targetQueryValue",
        ],
        // https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.ServiceMonitor
        [("monitoring.coreos.com/v1", "ServiceMonitor")] =
        [
            "spec.namespaceSelector.matchNames[]", "spec.selector.matchLabels.app.kubernetes.io/name", "spec.selector.matchLabels.app.kubernetes.io/instance",
            "spec.selector.matchLabels.app.kubernetes.io/component", "spec.endpoints[].port", "spec.endpoints[].path", "spec.endpoints[].interval", "spec.endpoints[].scrapeTimeout",
            "spec.endpoints[].relabelings[].sourceLabels[]", "spec.endpoints[].relabelings[].targetLabel", "spec.endpoints[].metricRelabelings[].sourceLabels[]",
            "spec.endpoints[].metricRelabelings[].regex", "spec.endpoints[].metricRelabelings[].action",
        ],
        // https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
        [("monitoring.coreos.com/v1", "PrometheusRule")] =
        [
            "spec.groups[].name", "spec.groups[].rules[].alert", "spec.groups[].rules[].expr", "spec.groups[].rules[].for", "spec.groups[].rules[].labels.severity",
            "spec.groups[].rules[].labels.service", "spec.groups[].rules[].labels.team", "spec.groups[].rules[].annotations.summary",
            "spec.groups[].rules[].annotations.description", "spec.groups[].rules[].annotations.runbook_url",
        ],
        // https://keda.sh/docs/latest/concepts/authentication/
        [("keda.sh/v1alpha1", "TriggerAuthentication")] = ["spec.secretTargetRef[].parameter", "spec.secretTargetRef[].name", "spec.secretTargetRef[].key"],
    };

    /// <summary>What is wrong with an object; null when nothing is.</summary>
    public static string? Fault(JsonObject one)
    {
        var kind = ((string)one["apiVersion"]!, (string)one["kind"]!);
        if (Others.TryGetValue(kind, out var fields))
            return Fault(one["metadata"], typeof(V1ObjectMeta)) ?? Leaves(one, "").FirstOrDefault(path => !path.StartsWith("metadata.", StringComparison.Ordinal)
                && path is not ("apiVersion" or "kind") && !fields.Contains(path));
        return Types.TryGetValue(kind, out var type) ? Fault(one, type) : $"there is no model of {kind}";
    }

    static string? Fault(JsonNode? node, Type type)
    {
        try
        {
            return node.Deserialize(type, Strict) is null ? "it is nothing" : null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    static IEnumerable<string> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject mapping => mapping.SelectMany(member => Leaves(member.Value, path.Length == 0 ? member.Key : $"{path}.{member.Key}")),
        JsonArray list => list.SelectMany(item => Leaves(item, $"{path}[]")),
        _ => [path],
    };
}
