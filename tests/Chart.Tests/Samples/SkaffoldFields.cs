using System.Text.Json.Nodes;

namespace Plimsoll.Chart.Tests.Samples;

/// <summary>The fields of Skaffold that <c>skaffold.yaml</c> uses. Whatever else stands there is a mistake, or belongs here too.</summary>
internal static class SkaffoldFields
{
    // https://skaffold.dev/docs/references/yaml/?version=v4beta14. The values of the chart, and those of patches, are looked at by themselves.
    static readonly HashSet<string> Known =
    [
        "apiVersion", "kind", "metadata.name",
        "build.artifacts[].image", "build.artifacts[].docker.dockerfile", "build.artifacts[].docker.target", "build.artifacts[].runtimeType",
        "build.artifacts[].sync.manual[].src", "build.artifacts[].sync.manual[].dest",
        "build.tagPolicy.gitCommit.variant", "build.tagPolicy.gitCommit.prefix", "build.local.useBuildkit", "build.local.concurrency", "build.local.push",
        "test[].image", "test[].custom[].command", "test[].custom[].timeoutSeconds", "test[].custom[].dependencies.paths[]",
        "deploy.statusCheckDeadlineSeconds", "deploy.helm.releases[].name", "deploy.helm.releases[].chartPath", "deploy.helm.releases[].namespace", "deploy.helm.releases[].createNamespace",
        "deploy.helm.releases[].setValues", "deploy.helm.releases[].setValueTemplates",
        "portForward[].resourceType", "portForward[].resourceName", "portForward[].namespace", "portForward[].port", "portForward[].localPort",
        "verify[].name", "verify[].timeout", "verify[].container.name", "verify[].container.image", "verify[].container.args[]", "verify[].executionMode.kubernetesCluster.jobManifestPath",
        "profiles[].name", "profiles[].activation[].command", "profiles[].activation[].kubeContext", "profiles[].patches[].op", "profiles[].patches[].path", "profiles[].patches[].value",
    ];

    /// <summary>The paths of fields that are not known.</summary>
    public static IEnumerable<string> Unknown(JsonNode? node, string path = "") => Known.Contains(path) ? [] : node switch
    {
        JsonObject mapping => mapping.SelectMany(member => Unknown(member.Value, path.Length == 0 ? member.Key : $"{path}.{member.Key}")),
        JsonArray list => list.SelectMany(item => Unknown(item, $"{path}[]")),
        _ => [path],
    };
}
