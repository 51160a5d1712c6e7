using System.Globalization;
using k8s;
using k8s.Models;

namespace Plimsoll.Operator.Rollouts;

/// <summary>The pod that runs a new image once: the workload's own template, with nothing that would bring it into the reach of a Service or of the workload.</summary>
internal static class SmokePods
{
    const string DigestAnnotation = "plimsoll.dev/digest";

    /// <summary>How much longer than its time the pod lives where nobody comes to take it away.</summary>
    const int Leftover = 120;

    public static SmokePod Of(V1Pod pod, string container)
    {
        var status = pod.Status?.ContainerStatuses?.FirstOrDefault(one => one.Name == container);
        var digest = pod.Metadata.Annotations is { } annotations && annotations.TryGetValue(DigestAnnotation, out var found) ? found : "";
        var ended = status?.State?.Terminated ?? pod.Status?.InitContainerStatuses?.Select(one => one.State?.Terminated).FirstOrDefault(end => end is { ExitCode: not 0 });
        var (state, reason) = (pod.Status?.Phase, status) switch
        {
            // A node that was shut down, or needed its room for others; a container that it ended says so no less than one that ended by itself.
            ("Failed", _) when pod.Status!.Reason is { Length: > 0 } why and not "DeadlineExceeded" => (SmokeState.Lost, pod.Status.Message ?? why),
            (_, _) when ended is not null => (SmokeState.Failed, $"it ended with exit code {ended.ExitCode.ToString(CultureInfo.InvariantCulture)} ({ended.Reason})"),
            // Its time was over before a node had started it.
            ("Failed" or "Succeeded", _) => (SmokeState.Lost, pod.Status!.Message ?? pod.Status.Reason ?? "the pod ended before its container did"),
            (_, { Ready: true, State.Running: not null }) => (SmokeState.Passed, (string?)null),
            (_, { State.Running: not null }) => (SmokeState.Running, null),
            (_, { State.Waiting: { } waiting }) => (waiting.Reason is "CreateContainerError" or "RunContainerError" ? SmokeState.Running : SmokeState.Starting, waiting.Message is { } message ? $"{waiting.Reason}: {message}" : waiting.Reason),
            _ => (SmokeState.Starting, pod.Status?.Conditions?.FirstOrDefault(one => one is { Type: "PodScheduled", Status: "False" })?.Message),
        };
        return new SmokePod(pod.Metadata.Name, digest, state, pod.Metadata.CreationTimestamp ?? DateTimeOffset.MinValue, reason);
    }

    /// <param name="claims">Volumes that a StatefulSet would make; the pod gets empty ones instead.</param>
    public static V1Pod For(ImageRollout rollout, V1PodTemplateSpec template, IEnumerable<string> claims, string image, string digest)
    {
        var smoke = rollout.Spec.Smoke!;
        var spec = KubernetesJson.Deserialize<V1PodSpec>(KubernetesJson.Serialize(template.Spec));
        // What crashes has failed: it shall not be tried again and again.
        (spec.RestartPolicy, spec.ActiveDeadlineSeconds) = ("Never", smoke.TimeoutSeconds + Leftover);
        // It runs beside the workload, so it has nothing of what there is once: data, the node's own network and files, the place in a queue.
        foreach (var volume in spec.Volumes?.Where(volume => volume.PersistentVolumeClaim is not null || volume.HostPath is not null) ?? [])
            (volume.PersistentVolumeClaim, volume.HostPath, volume.EmptyDir) = (null, null, new V1EmptyDirVolumeSource());
        (spec.HostNetwork, spec.HostPID, spec.HostIPC, spec.PriorityClassName, spec.Priority) = (null, null, null, null, null);
        spec.Affinity?.PodAntiAffinity = null;
        foreach (var claim in claims)
            (spec.Volumes ??= []).Add(new V1Volume { Name = claim, EmptyDir = new V1EmptyDirVolumeSource() });
        foreach (var port in spec.Containers.SelectMany(one => one.Ports ?? []))
            port.HostPort = null;
        var container = spec.Containers.Single(one => one.Name == rollout.Spec.Container);
        (container.Image, container.LivenessProbe) = (image, null);
        container.ReadinessProbe = new V1Probe { HttpGet = new V1HTTPGetAction { Path = smoke.HttpGet.Path, Port = smoke.HttpGet.Port }, PeriodSeconds = 1, TimeoutSeconds = 5, FailureThreshold = smoke.TimeoutSeconds };
        return new V1Pod
        {
            ApiVersion = "v1", Kind = "Pod", Spec = spec,
            Metadata = new V1ObjectMeta
            {
                Name = NameOf(rollout, digest), NamespaceProperty = rollout.Metadata.NamespaceProperty,
                Labels = new Dictionary<string, string> { [ClusterView.SmokeLabel] = rollout.Metadata.Name, ["app.kubernetes.io/managed-by"] = "plimsoll-operator" },
                Annotations = new Dictionary<string, string> { [DigestAnnotation] = digest },
                OwnerReferences = [new V1OwnerReference { ApiVersion = rollout.ApiVersion, Kind = rollout.Kind, Name = rollout.Metadata.Name, Uid = rollout.Metadata.Uid, Controller = true }],
            },
        };
    }

    // The same for the same digest, so that it is never there twice; another for each rollout, however long the names are that begin alike.
    static string NameOf(ImageRollout rollout, string digest) =>
        $"{rollout.Metadata.Name[..Math.Min(rollout.Metadata.Name.Length, 31)].TrimEnd('-', '.')}-smoke-{ImageReference.Short(digest)}-{(rollout.Metadata.Uid ?? "")[..Math.Min(8, (rollout.Metadata.Uid ?? "").Length)]}";
}
