using k8s.Models;
using Plimsoll.Operator.Cluster;

namespace Plimsoll.Operator.Rollouts;

/// <summary>Workloads as a rollout sees them. Complete is what <c>kubectl rollout status</c> calls successfully rolled out, for each kind.</summary>
internal static class Targets
{
    /// <summary>Pods get the new template when somebody deletes them: nobody can wait for that.</summary>
    const string OnDelete = "OnDelete";

    /// <summary>A kind of workload, as the API server addresses it.</summary>
    public static ResourceType TypeOf(TargetKind kind) => new("apps", "v1", $"{kind.ToString().ToLowerInvariant()}s", kind.ToString());

    public static Target Of(V1Deployment workload, string container)
    {
        var (spec, status) = (workload.Spec, workload.Status ?? new V1DeploymentStatus());
        var replicas = new Replicas(spec.Replicas ?? 1, status.UpdatedReplicas ?? 0, status.ReadyReplicas ?? 0, status.AvailableReplicas ?? 0);
        // Pods of the old template may still be ending when all of the new one are there.
        var isComplete = replicas.Updated >= replicas.Desired && (status.Replicas ?? 0) <= replicas.Updated && replicas.Available >= replicas.Updated;
        var givenUp = status.Conditions?.FirstOrDefault(one => one is { Type: "Progressing", Reason: "ProgressDeadlineExceeded" });
        return Of(workload.Metadata, spec.Template, container, status.ObservedGeneration, isComplete, replicas) with
        {
            DeadlineExceeded = givenUp is not null, DeadlineExceededAt = givenUp?.LastUpdateTime, IsPaused = spec.Paused ?? false,
        };
    }

    public static Target Of(V1StatefulSet workload, string container)
    {
        var (spec, status) = (workload.Spec, workload.Status ?? new V1StatefulSetStatus());
        var replicas = new Replicas(spec.Replicas ?? 1, status.UpdatedReplicas ?? 0, status.ReadyReplicas ?? 0, status.AvailableReplicas ?? 0);
        // Below the partition pods keep the old template, as somebody wanted it.
        var partition = spec.UpdateStrategy?.RollingUpdate?.Partition ?? 0;
        var isComplete = replicas.Ready >= replicas.Desired
            && (spec.UpdateStrategy?.Type == OnDelete || (partition > 0 ? replicas.Updated >= replicas.Desired - partition : status.UpdateRevision == status.CurrentRevision));
        return Of(workload.Metadata, spec.Template, container, status.ObservedGeneration, isComplete, replicas);
    }

    public static Target Of(V1DaemonSet workload, string container)
    {
        var status = workload.Status ?? new V1DaemonSetStatus();
        var replicas = new Replicas(status.DesiredNumberScheduled, status.UpdatedNumberScheduled ?? 0, status.NumberReady, status.NumberAvailable ?? 0);
        return Of(workload.Metadata, workload.Spec.Template, container, status.ObservedGeneration,
            (workload.Spec.UpdateStrategy?.Type == OnDelete || replicas.Updated >= replicas.Desired) && replicas.Available >= replicas.Desired, replicas);
    }

    static Target Of(V1ObjectMeta metadata, V1PodTemplateSpec template, string container, long? observed, bool isComplete, Replicas replicas) => new(
        metadata.Uid, metadata.ResourceVersion, template.Spec?.Containers.FirstOrDefault(one => one.Name == container)?.Image, (observed ?? 0) >= (metadata.Generation ?? 0), isComplete,
        DeadlineExceeded: false, IsPaused: false, replicas);
}
