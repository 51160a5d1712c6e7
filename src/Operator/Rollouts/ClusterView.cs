using k8s.Models;
using Plimsoll.Operator.Cluster;

namespace Plimsoll.Operator.Rollouts;

/// <summary>The caches of the cluster, and what they say about one rollout.</summary>
internal sealed class ClusterView
{
    const string ByTarget = "target", ByRollout = "rollout";

    /// <summary>On a smoke pod: the rollout that it is of.</summary>
    public const string SmokeLabel = "plimsoll.dev/smoke-of";

    /// <param name="sources">How many namespaces are watched one by one; 1 where all are watched at once.</param>
    public ClusterView(int sources = 1)
    {
        (Rollouts, Deployments, StatefulSets, DaemonSets, Pods) = (new(sources), new(sources), new(sources), new(sources), new(sources));
        Rollouts.Index(ByTarget, rollout => [Address(rollout)]);
        Pods.Index(ByRollout, pod => pod.Metadata.Labels is { } labels && labels.TryGetValue(SmokeLabel, out var name) ? [$"{pod.Metadata.NamespaceProperty}/{name}"] : []);
    }

    public ObjectStore<ImageRollout> Rollouts { get; }

    public ObjectStore<V1Deployment> Deployments { get; }

    public ObjectStore<V1StatefulSet> StatefulSets { get; }

    public ObjectStore<V1DaemonSet> DaemonSets { get; }

    /// <summary>Smoke pods alone.</summary>
    public ObjectStore<V1Pod> Pods { get; }

    public Task Synced => Task.WhenAll(Rollouts.Synced, Deployments.Synced, StatefulSets.Synced, DaemonSets.Synced, Pods.Synced);

    public World Of(ImageRollout rollout, DateTimeOffset now) => new(now, TargetOf(rollout), OlderRivalOf(rollout), SmokePodOf(rollout));

    /// <summary>The pod template that a rollout is about; null: there is no such workload.</summary>
    public V1PodTemplateSpec? TemplateOf(ImageRollout rollout) => rollout.Spec.TargetRef.Kind switch
    {
        TargetKind.Deployment => Deployments.Find(KeyOf(rollout))?.Spec?.Template,
        TargetKind.StatefulSet => StatefulSets.Find(KeyOf(rollout))?.Spec?.Template,
        _ => DaemonSets.Find(KeyOf(rollout))?.Spec?.Template,
    };

    /// <summary>The volumes that a StatefulSet makes for each of its pods.</summary>
    public IEnumerable<string> ClaimsOf(ImageRollout rollout) => rollout.Spec.TargetRef.Kind is TargetKind.StatefulSet
        ? StatefulSets.Find(KeyOf(rollout))?.Spec?.VolumeClaimTemplates?.Select(claim => claim.Metadata.Name) ?? [] : [];

    /// <summary>Has each change reach the rollouts that it is about. What a look writes into a status is no news to the next one.</summary>
    public void Watch(Action<ObjectKey> changed)
    {
        Rollouts.Listen((before, now) =>
        {
            if (before is not null && now is not null && before.Metadata.Generation == now.Metadata.Generation && before.ReconcileRequestedAt() == now.ReconcileRequestedAt())
                return;
            // Whoever is second for this target may be first by now.
            foreach (var one in new[] { before, now }.OfType<ImageRollout>().SelectMany(one => Rollouts.With(ByTarget, Address(one))).Append(now ?? before!))
                changed(ObjectStore<ImageRollout>.KeyOf(one));
        });
        Deployments.Listen((before, now) => Reached(TargetKind.Deployment, (now ?? before!).Metadata));
        StatefulSets.Listen((before, now) => Reached(TargetKind.StatefulSet, (now ?? before!).Metadata));
        DaemonSets.Listen((before, now) => Reached(TargetKind.DaemonSet, (now ?? before!).Metadata));
        Pods.Listen((before, now) =>
        {
            if ((now ?? before!).Metadata is { Labels: { } labels } metadata && labels.TryGetValue(SmokeLabel, out var name))
                changed(new ObjectKey(metadata.NamespaceProperty, name));
        });

        void Reached(TargetKind kind, V1ObjectMeta workload)
        {
            foreach (var rollout in Rollouts.With(ByTarget, $"{workload.NamespaceProperty}/{kind}/{workload.Name}"))
                changed(ObjectStore<ImageRollout>.KeyOf(rollout));
        }
    }

    Target? TargetOf(ImageRollout rollout) => rollout.Spec.TargetRef.Kind switch
    {
        TargetKind.Deployment => Deployments.Find(KeyOf(rollout)) is { } found ? Targets.Of(found, rollout.Spec.Container) : null,
        TargetKind.StatefulSet => StatefulSets.Find(KeyOf(rollout)) is { } found ? Targets.Of(found, rollout.Spec.Container) : null,
        _ => DaemonSets.Find(KeyOf(rollout)) is { } found ? Targets.Of(found, rollout.Spec.Container) : null,
    };

    string? OlderRivalOf(ImageRollout rollout) => Rollouts.With(ByTarget, Address(rollout))
        .Where(other => other.Metadata.Uid != rollout.Metadata.Uid && other.Spec.Container == rollout.Spec.Container && Age(other).CompareTo(Age(rollout)) < 0)
        .OrderBy(Age).FirstOrDefault()?.Metadata.Name;

    SmokePod? SmokePodOf(ImageRollout rollout) => Pods.With(ByRollout, ObjectStore<ImageRollout>.KeyOf(rollout).ToString())
        .Where(pod => pod.Metadata.OwnerReferences?.Any(owner => owner.Uid == rollout.Metadata.Uid) ?? false)
        .Select(pod => SmokePods.Of(pod, rollout.Spec.Container)).OrderBy(pod => pod.CreatedAt).FirstOrDefault();

    static (DateTime, string) Age(ImageRollout rollout) => (rollout.Metadata.CreationTimestamp ?? DateTime.MaxValue, rollout.Metadata.Uid ?? "");

    static ObjectKey KeyOf(ImageRollout rollout) => new(rollout.Metadata.NamespaceProperty, rollout.Spec.TargetRef.Name);

    static string Address(ImageRollout rollout) => $"{rollout.Metadata.NamespaceProperty}/{rollout.Spec.TargetRef.Kind}/{rollout.Spec.TargetRef.Name}";
}
