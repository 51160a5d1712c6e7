using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Operator.Cluster;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>Objects of a cluster, as JSON that a server sends and as the client reads them.</summary>
internal static class Sample
{
    public static readonly ResourceType Deployments = new("apps", "v1", "deployments", "Deployment");

    public static ObjectKey Key(string name) => new("shop", name);

    public static IMeterFactory Meters() => new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    public static WorkQueue Queue(TimeProvider clock) => new("test", Meters(), clock);

    public static JsonObject Deployment(string name, string? version = null, string? uid = null, int replicas = 1)
    {
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = "shop" };
        if (version is not null)
            metadata["resourceVersion"] = version;
        if (uid is not null)
            metadata["uid"] = uid;
        return new JsonObject { ["metadata"] = metadata, ["spec"] = new JsonObject { ["replicas"] = replicas } };
    }

    /// <summary>With a pod template of these containers.</summary>
    public static JsonObject Workload(string name, params (string Name, string Image)[] containers)
    {
        var thing = Deployment(name);
        thing["spec"]!["template"] = new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["containers"] = new JsonArray([.. containers.Select(one => new JsonObject
                {
                    ["name"] = one.Name, ["image"] = one.Image, ["ports"] = new JsonArray(new JsonObject { ["containerPort"] = 8080 }),
                })]),
            },
        };
        return thing;
    }

    /// <summary>What no Deployment can be.</summary>
    public static JsonObject Unreadable(string name, string version) =>
        new() { ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "shop", ["resourceVersion"] = version }, ["spec"] = new JsonObject { ["replicas"] = "three" } };

    public static V1Deployment Read(JsonObject json) => KubernetesJson.Deserialize<V1Deployment>(json.ToJsonString());

    public static string Frame(string type, JsonNode thing) => new JsonObject { ["type"] = type, ["object"] = thing }.ToJsonString();

    public static string Bookmark(string version) => Frame("BOOKMARK", new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = version } });

    public static string Gone() => Frame("ERROR", Status(410, "Expired"));

    public static JsonObject Status(int code, string reason, string message = "said by a test") =>
        new() { ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Failure", ["reason"] = reason, ["message"] = $"{reason}: {message}", ["code"] = code };

    public static JsonObject List(string version, string? more, params IEnumerable<JsonNode> items)
    {
        var metadata = new JsonObject { ["resourceVersion"] = version };
        if (more is not null)
            metadata["continue"] = more;
        return new JsonObject { ["kind"] = "DeploymentList", ["apiVersion"] = "apps/v1", ["metadata"] = metadata, ["items"] = new JsonArray([.. items]) };
    }
}
