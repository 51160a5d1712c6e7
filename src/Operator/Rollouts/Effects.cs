using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Plimsoll.Operator.Cluster;

namespace Plimsoll.Operator.Rollouts;

/// <summary>Does to the cluster what was decided. Each effect is safe to repeat.</summary>
internal sealed class Effects(IKubernetes server, Applier applier, ClusterView view)
{
    /// <exception cref="HttpOperationException">409: the target is not the one any more that was decided about.</exception>
    public Task Do(ImageRollout rollout, Effect effect, CancellationToken ct) => effect switch
    {
        Effect.SetImage image => SetImage(rollout, image, ct),
        Effect.StartSmoke smoke => StartSmoke(rollout, smoke, ct),
        Effect.EndSmoke smoke => EndSmoke(rollout, smoke.Name, ct),
        _ => throw new InvalidOperationException($"nobody does {effect}"),
    };

    // One manager for each container: what an owner leaves out of an apply it gives up, and a second rollout may own the container beside this one.
    Task SetImage(ImageRollout rollout, Effect.SetImage effect, CancellationToken ct)
    {
        var container = new JsonObject { ["name"] = rollout.Spec.Container, ["image"] = effect.Image };
        var fields = new JsonObject { ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = new JsonObject { ["containers"] = new JsonArray(container) } } } };
        var key = new ObjectKey(rollout.Metadata.NamespaceProperty, rollout.Spec.TargetRef.Name);
        return applier.Apply(Targets.TypeOf(rollout.Spec.TargetRef.Kind), key, fields, effect.Uid, effect.ResourceVersion, $"{Applier.FieldManager}.{rollout.Spec.Container}", force: true, ct);
    }

    async Task StartSmoke(ImageRollout rollout, Effect.StartSmoke effect, CancellationToken ct)
    {
        if (view.TemplateOf(rollout) is not { } template)
            return;
        try
        {
            await server.CoreV1.CreateNamespacedPodAsync(SmokePods.For(rollout, template, view.ClaimsOf(rollout), effect.Image, effect.Digest), rollout.Metadata.NamespaceProperty, fieldManager: Applier.FieldManager, cancellationToken: ct);
        }
        // It was made in an earlier look whose end nobody saw, or one of that name is still ending.
        catch (HttpOperationException e) when (e.IsConflict())
        {
            return;
        }
    }

    async Task EndSmoke(ImageRollout rollout, string name, CancellationToken ct)
    {
        try
        {
            await server.CoreV1.DeleteNamespacedPodAsync(name, rollout.Metadata.NamespaceProperty, new V1DeleteOptions { GracePeriodSeconds = 0 }, cancellationToken: ct);
        }
        catch (HttpOperationException e) when (e.IsNotFound())
        {
            return;
        }
    }
}
