using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Plimsoll.Operator.Cluster;

/// <summary>Writes fields by server-side apply, as their owner. What it owned and is not sent again is given up, so a caller always sends all of it.</summary>
internal sealed class Applier(IKubernetes server)
{
    public const string FieldManager = "plimsoll-operator";

    /// <summary>Applies fields of one object. <paramref name="uid"/> and <paramref name="resourceVersion"/> are a fence: when it is not that object in that version any more, it is a conflict.</summary>
    /// <param name="fields">Below the object's top, such as <c>{"spec":…}</c>.</param>
    /// <param name="manager">Whose fields they are.</param>
    /// <param name="force">Takes fields away from others who own them.</param>
    /// <exception cref="HttpOperationException">409: somebody wrote meanwhile, or owns the field.</exception>
    public async Task Apply(ResourceType type, ObjectKey key, JsonObject fields, string uid, string resourceVersion, string manager, bool force, CancellationToken ct)
    {
        var body = new JsonObject
        {
            ["apiVersion"] = type.ApiVersion,
            ["kind"] = type.Kind,
            ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace, ["uid"] = uid, ["resourceVersion"] = resourceVersion },
        };
        foreach (var (name, value) in fields)
            body[name] = value?.DeepClone();
        await server.CustomObjects.PatchNamespacedCustomObjectAsync<JsonObject>(
            new V1Patch(body.ToJsonString(), V1Patch.PatchType.ApplyPatch), type.Group, type.Version, key.Namespace, type.Plural, key.Name, fieldManager: manager, force: force, cancellationToken: ct);
    }

    /// <summary>Replaces the status of an object, by its version.</summary>
    /// <exception cref="HttpOperationException">409: somebody wrote meanwhile.</exception>
    public Task<T> ReplaceStatus<T>(ResourceType type, T thing, CancellationToken ct)
        where T : IKubernetesObject<V1ObjectMeta> =>
        server.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync<T>(thing, type.Group, type.Version, thing.Metadata.NamespaceProperty, type.Plural, thing.Metadata.Name, fieldManager: FieldManager, cancellationToken: ct);
}
