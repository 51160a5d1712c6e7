using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Rollouts;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Server;

/// <summary>The whole operator through a real API server. Nothing runs there, so the tests say themselves what becomes of pods.</summary>
public sealed class RolloutOnServerTests(ControlPlane plane)
{
    [Fact]
    public async Task A_good_image_is_rolled_by_its_digest_and_a_bad_one_stays_out()
    {
        using var server = await plane.Client();
        var ns = await ControlPlane.Namespace(server);
        await using var service = await FakeService.Start();
        await Deploy(server, ns, "web");
        await using var running = await RunningOperator.Start(plane.Configuration, service, ns);
        using var rollouts = await Followed.Start(server, ns);

        await Roll(server, ns, "web", "registry.example/web:2");
        await rollouts.Until(one => one.Status is { Phase: Phase.Verifying });
        var good = $"registry.example/web:2@{service.DigestOf("registry.example/web:2")}";
        await Succeed(server, ns, "web", good);
        var done = await rollouts.Until(one => one.Status is { Phase: Phase.Done });
        Assert.Equal((good, good, "True"), (done.Status!.Current, done.Status.LastGood, done.Status.Conditions!.Single(one => one.Type == "Ready").Status));

        await Roll(server, ns, "web", "registry.example/web:bad");
        var blocked = await rollouts.Until(one => one.Status is { Phase: Phase.Blocked });
        Assert.Equal("limits.size: 545 MB, limit 250 MiB", Assert.Single(blocked.Status!.Gate!.Violations!).ToString());
        Assert.Equal(good, (await server.AppsV1.ReadNamespacedDeploymentAsync("web", ns, cancellationToken: Patience.Ct)).Spec.Template.Spec.Containers[0].Image);
        await running.Stop();
        var told = (await server.EventsV1.ListNamespacedEventAsync(ns, cancellationToken: Patience.Ct)).Items.Select(one => one.Reason).ToHashSet();
        Assert.Superset(new HashSet<string> { "ImageResolved", "InspectionRequested", "GatePassed", "RolloutStarted", "RolloutSucceeded", "GateFailed" }, told);
        Assert.Equal("", (await server.CoordinationV1.ReadNamespacedLeaseAsync("plimsoll-operator", ns, cancellationToken: Patience.Ct)).Spec.HolderIdentity);
    }

    [Fact]
    public async Task A_smoke_pod_is_the_workload_s_own_template_out_of_its_reach()
    {
        using var server = await plane.Client();
        var ns = await ControlPlane.Namespace(server);
        await using var service = await FakeService.Start();
        await Deploy(server, ns, "web");
        await using var running = await RunningOperator.Start(plane.Configuration, service, ns);
        using var rollouts = await Followed.Start(server, ns);

        await Roll(server, ns, "web", "registry.example/web:2", new SmokeSpec(new HttpGetSpec("/health", 8000)));
        await rollouts.Until(one => one.Status is { Phase: Phase.Smoking });
        // It is announced before it is made.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        V1PodList pods;
        while ((pods = await server.CoreV1.ListNamespacedPodAsync(ns, cancellationToken: Patience.Ct)).Items.Count == 0)
            await timer.WaitForNextTickAsync(Patience.Ct).Soon();
        var pod = Assert.Single(pods.Items);
        Assert.Equal(["app.kubernetes.io/managed-by", "plimsoll.dev/smoke-of"], pod.Metadata.Labels.Keys.Order());
        Assert.Equal(("/health", "Never", "yes"), (pod.Spec.Containers[0].ReadinessProbe.HttpGet.Path, pod.Spec.RestartPolicy, pod.Spec.Containers[0].Env[0].Value));
        pod.Status = new V1PodStatus { Phase = "Running", ContainerStatuses = [new V1ContainerStatus { Name = "app", Ready = true, Image = "", ImageID = "", State = new V1ContainerState { Running = new V1ContainerStateRunning() } }] };
        await server.CoreV1.ReplaceNamespacedPodStatusAsync(pod, pod.Metadata.Name, ns, cancellationToken: Patience.Ct);

        await rollouts.Until(one => one.Status is { Phase: Phase.Verifying });
        Assert.Empty((await server.CoreV1.ListNamespacedPodAsync(ns, cancellationToken: Patience.Ct)).Items);
        await Succeed(server, ns, "web", $"registry.example/web:2@{service.DigestOf("registry.example/web:2")}");
        await rollouts.Until(one => one.Status is { Phase: Phase.Done });
    }

    static Task<V1Deployment> Deploy(ApiServer server, string ns, string name) => server.AppsV1.CreateNamespacedDeploymentAsync(new V1Deployment
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new V1DeploymentSpec
        {
            Replicas = 2, Selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = name } },
            Template = new V1PodTemplateSpec
            {
                Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["app"] = name } },
                Spec = new V1PodSpec { Containers = [new V1Container { Name = "app", Image = "registry.example/web:1", Env = [new V1EnvVar { Name = "SET", Value = "yes" }] }] },
            },
        },
    }, ns, cancellationToken: Patience.Ct);

    static async Task Roll(ApiServer server, string ns, string target, string image, SmokeSpec? smoke = null) => await server.CustomObjects.PatchNamespacedCustomObjectAsync<ImageRollout>(
        new V1Patch(KubernetesJson.Serialize(new
        {
            ImageRollout.Type.ApiVersion, ImageRollout.Type.Kind, Metadata = new { Name = "rollout" },
            Spec = new { TargetRef = new { Kind = "Deployment", Name = target }, Container = "app", Image = image, PolicyRef = new { Name = "production" }, Smoke = smoke },
        }), V1Patch.PatchType.ApplyPatch), ImageRollout.Group, ImageRollout.Version, ns, ImageRollout.Plural, "rollout", fieldManager: "kubectl", force: true, cancellationToken: Patience.Ct);

    /// <summary>What the controllers of a cluster say when all pods are new and well. The image is set a moment after it was announced.</summary>
    static async Task Succeed(ApiServer server, string ns, string name, string image)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(Patience.Ct).Soon())
            if (await server.AppsV1.ReadNamespacedDeploymentAsync(name, ns, cancellationToken: Patience.Ct) is var now && now.Spec.Template.Spec.Containers[0].Image == image)
            {
                now.Status = new V1DeploymentStatus { ObservedGeneration = now.Metadata.Generation, Replicas = 2, UpdatedReplicas = 2, ReadyReplicas = 2, AvailableReplicas = 2 };
                await server.AppsV1.ReplaceNamespacedDeploymentStatusAsync(now, name, ns, cancellationToken: Patience.Ct);
                return;
            }
    }

    /// <summary>The rollouts of a namespace as they change.</summary>
    sealed class Followed : IDisposable
    {
        readonly System.Threading.Channels.Channel<ImageRollout> _seen = System.Threading.Channels.Channel.CreateUnbounded<ImageRollout>();
        readonly Reflector<ImageRollout> _reflector;

        Followed(ApiServer server, string ns)
        {
            var store = new ObjectStore<ImageRollout>();
            store.Listen((_, now) => _seen.Writer.TryWrite(now!));
            _reflector = new Reflector<ImageRollout>(new ObjectFeed<ImageRollout>(server, ImageRollout.Type, ns), store, TimeProvider.System, NullLogger<Reflector<ImageRollout>>.Instance);
        }

        public static async Task<Followed> Start(ApiServer server, string ns)
        {
            var followed = new Followed(server, ns);
            await followed._reflector.StartAsync(Patience.Ct);
            return followed;
        }

        public async Task<ImageRollout> Until(Func<ImageRollout, bool> isIt)
        {
            var last = "nothing was seen";
            try
            {
                while (true)
                    if (await _seen.Reader.ReadAsync(Patience.Ct).Soon() is var now && isIt(now))
                        return now;
                    else
                        last = KubernetesJson.Serialize(now.Status);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException(last);
            }
        }

        public void Dispose() => _reflector.Dispose();
    }
}
