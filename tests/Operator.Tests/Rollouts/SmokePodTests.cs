using k8s.Models;
using Plimsoll.Operator.Rollouts;

namespace Plimsoll.Operator.Tests.Rollouts;

/// <summary>The pod that runs an image once: what it takes of the workload's template, and what it must not.</summary>
public sealed class SmokePodTests
{
    static readonly string Digest = "sha256:" + new string('a', 64);

    static readonly ImageRollout Rollout = new()
    {
        Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = "shop", Uid = "uid" },
        Spec = new RolloutSpec(new TargetRef(TargetKind.StatefulSet, "web"), "app", "registry.example/web:2", Smoke: new SmokeSpec(new HttpGetSpec("/health", 8000), 30)),
    };

    [Fact]
    public void It_has_nothing_of_what_there_is_once()
    {
        var pod = SmokePods.For(Rollout, Template(), ["data"], "registry.example/web:2@" + Digest, Digest);

        Assert.All(pod.Spec.Volumes.Where(volume => volume.Name != "settings"), volume => Assert.NotNull(volume.EmptyDir));
        Assert.All(pod.Spec.Volumes, volume => Assert.Null(volume.PersistentVolumeClaim ?? (object?)volume.HostPath));
        Assert.Equal(["claim", "node", "settings", "data"], pod.Spec.Volumes.Select(volume => volume.Name));
        Assert.Equal((null, null, null, null), (pod.Spec.HostNetwork, pod.Spec.HostPID, pod.Spec.PriorityClassName, pod.Spec.Affinity.PodAntiAffinity));
        Assert.NotNull(pod.Spec.Affinity.NodeAffinity);
        Assert.Null(pod.Spec.Containers[0].Ports[0].HostPort);
        Assert.Equal(["plimsoll.dev/digest"], pod.Metadata.Annotations.Keys);
        Assert.DoesNotContain("app", pod.Metadata.Labels.Keys);
    }

    [Fact]
    public void It_runs_the_new_image_as_the_workload_does_and_ends_when_it_crashes()
    {
        var pod = SmokePods.For(Rollout, Template(), [], "registry.example/web:2@" + Digest, Digest);

        Assert.Equal(("web-smoke-aaaaaaaaaaaa-uid", "Never", 150L), (pod.Metadata.Name, pod.Spec.RestartPolicy, pod.Spec.ActiveDeadlineSeconds));
        Assert.Equal(["registry.example/web:2@" + Digest, "registry.example/side:1"], pod.Spec.Containers.Select(one => one.Image));
        Assert.Equal(("/health", null, "account"), (pod.Spec.Containers[0].ReadinessProbe.HttpGet.Path, pod.Spec.Containers[0].LivenessProbe, pod.Spec.ServiceAccountName));
        Assert.Equal("uid", Assert.Single(pod.Metadata.OwnerReferences).Uid);
    }

    public static TheoryData<string, V1PodStatus> Statuses => new()
    {
        { "Starting", new V1PodStatus { Phase = "Pending", Conditions = [new V1PodCondition { Type = "PodScheduled", Status = "False", Message = "0/3 nodes are available" }] } },
        { "Starting", Waiting("ImagePullBackOff") },
        { "Running", Waiting("CreateContainerError") },
        { "Running", Of("Running", new V1ContainerState { Running = new V1ContainerStateRunning() }) },
        { "Passed", Of("Running", new V1ContainerState { Running = new V1ContainerStateRunning() }, ready: true) },
        { "Failed", Of("Running", Ended()) },
        { "Failed", Of("Failed", Ended()) },
        { "Failed", new V1PodStatus { Phase = "Failed", ContainerStatuses = Waiting("PodInitializing").ContainerStatuses, InitContainerStatuses = [new V1ContainerStatus { Name = "init", State = Ended() }] } },
        { "Lost", Of("Failed", Ended(), reason: "Evicted") },
        { "Lost", new V1PodStatus { Phase = "Failed", Reason = "NodeShutdown", Message = "the node was shut down" } },
        { "Lost", Waiting("ImagePullBackOff", "Failed", "DeadlineExceeded") },
        { "Failed", Of("Failed", Ended(), reason: "DeadlineExceeded") },
    };

    [Theory, MemberData(nameof(Statuses))]
    public void What_the_cluster_does_to_it_is_told_from_what_its_image_does(string state, V1PodStatus status)
    {
        var pod = new V1Pod { Metadata = new V1ObjectMeta { Name = "web-smoke" }, Status = status };
        Assert.Equal(state, SmokePods.Of(pod, "app").State.ToString());
    }

    static V1PodStatus Waiting(string why, string phase = "Pending", string? reason = null) => Of(phase, new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = why } }, reason: reason);

    static V1ContainerState Ended() => new() { Terminated = new V1ContainerStateTerminated { ExitCode = 1, Reason = "Error" } };

    static V1PodStatus Of(string phase, V1ContainerState state, bool ready = false, string? reason = null) =>
        new() { Phase = phase, Reason = reason, ContainerStatuses = [new V1ContainerStatus { Name = "app", State = state, Ready = ready }] };

    [Theory, InlineData("OnDelete", true), InlineData("RollingUpdate", false)]
    public void Who_replaces_pods_by_hand_is_not_waited_for(string strategy, bool isComplete)
    {
        var set = new V1StatefulSet
        {
            Metadata = new V1ObjectMeta { Generation = 2 },
            Spec = new V1StatefulSetSpec { Replicas = 1, Template = Template(), UpdateStrategy = new V1StatefulSetUpdateStrategy { Type = strategy } },
            Status = new V1StatefulSetStatus { ObservedGeneration = 2, ReadyReplicas = 1, CurrentRevision = "1", UpdateRevision = "2" },
        };
        var daemons = new V1DaemonSet
        {
            Metadata = new V1ObjectMeta { Generation = 2 },
            Spec = new V1DaemonSetSpec { Template = Template(), UpdateStrategy = new V1DaemonSetUpdateStrategy { Type = strategy } },
            Status = new V1DaemonSetStatus { ObservedGeneration = 2, DesiredNumberScheduled = 1, NumberAvailable = 1, NumberReady = 1, UpdatedNumberScheduled = 0 },
        };

        Assert.Equal((isComplete, isComplete), (Targets.Of(set, "app").IsComplete, Targets.Of(daemons, "app").IsComplete));
    }

    static V1PodTemplateSpec Template() => new()
    {
        Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["app"] = "web" }, Annotations = new Dictionary<string, string> { ["cni.example/ip"] = "10.0.0.1" } },
        Spec = new V1PodSpec
        {
            HostNetwork = true, HostPID = true, PriorityClassName = "high", ServiceAccountName = "account",
            Affinity = new V1Affinity { PodAntiAffinity = new V1PodAntiAffinity(), NodeAffinity = new V1NodeAffinity() },
            Volumes =
            [
                new V1Volume { Name = "claim", PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = "orders" } }, new V1Volume { Name = "node", HostPath = new V1HostPathVolumeSource { Path = "/var/run" } },
                new V1Volume { Name = "settings", ConfigMap = new V1ConfigMapVolumeSource { Name = "settings" } },
            ],
            Containers =
            [
                new V1Container { Name = "app", Image = "registry.example/web:1", Ports = [new V1ContainerPort { ContainerPort = 8000, HostPort = 8000 }], LivenessProbe = new V1Probe { HttpGet = new V1HTTPGetAction { Path = "/live", Port = 8000 } } },
                new V1Container { Name = "side", Image = "registry.example/side:1" },
            ],
        },
    };
}
