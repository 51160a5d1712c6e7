using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Server;

/// <summary>The runtime against a real API server: what the fake one of the other tests only claims.</summary>
public sealed class RuntimeOnServerTests(ControlPlane plane)
{
    static readonly ResourceType ConfigMaps = new("", "v1", "configmaps", "ConfigMap");

    [Fact]
    public async Task Two_managers_own_the_images_of_two_containers_and_nothing_else()
    {
        using var server = await plane.Client();
        var target = await Deployment(server, "app", "side");
        var applier = new Applier(server);

        await Set(applier, target, "app", "registry.example/app:2");
        var between = await server.AppsV1.ReadNamespacedDeploymentAsync("web", target.Metadata.NamespaceProperty, cancellationToken: Patience.Ct);
        await Set(applier, between, "side", "registry.example/side:2");

        var after = await server.AppsV1.ReadNamespacedDeploymentAsync("web", target.Metadata.NamespaceProperty, cancellationToken: Patience.Ct);
        Assert.Equal(["registry.example/app:2", "registry.example/side:2"], after.Spec.Template.Spec.Containers.Select(one => one.Image));
        Assert.Equal(3, after.Spec.Replicas);
        Assert.Equal(["plimsoll-operator.app", "plimsoll-operator.side"], after.Metadata.ManagedFields.Where(one => one.Operation == "Apply").Select(one => one.Manager).Order());
    }

    [Fact]
    public async Task Who_decided_about_an_older_version_or_another_object_writes_nothing()
    {
        using var server = await plane.Client();
        var target = await Deployment(server, "app");
        var applier = new Applier(server);
        await Set(applier, target, "app", "registry.example/app:2");

        Assert.True((await Assert.ThrowsAsync<HttpOperationException>(() => Set(applier, target, "app", "registry.example/app:3"))).IsConflict());
        await server.AppsV1.DeleteNamespacedDeploymentAsync("web", target.Metadata.NamespaceProperty, cancellationToken: Patience.Ct);
        // What is gone is not made again, whatever the status is that says so.
        await Assert.ThrowsAsync<HttpOperationException>(() => Set(applier, target, "app", "registry.example/app:3"));
        Assert.Empty((await server.AppsV1.ListNamespacedDeploymentAsync(target.Metadata.NamespaceProperty, cancellationToken: Patience.Ct)).Items);
        var anew = await server.AppsV1.CreateNamespacedDeploymentAsync(Deployment("app"), target.Metadata.NamespaceProperty, cancellationToken: Patience.Ct);
        Assert.True((await Assert.ThrowsAsync<HttpOperationException>(() => Set(applier, target, "app", "registry.example/app:3"))).IsConflict());
        // In one version that cannot be, so it is no conflict but a mistake; what counts is that nothing is written.
        target.Metadata.ResourceVersion = anew.Metadata.ResourceVersion;
        Assert.True((await Assert.ThrowsAsync<HttpOperationException>(() => Set(applier, target, "app", "registry.example/app:3"))).IsLasting());
        Assert.Equal("registry.example/app:1", (await server.AppsV1.ReadNamespacedDeploymentAsync("web", target.Metadata.NamespaceProperty, cancellationToken: Patience.Ct)).Spec.Template.Spec.Containers[0].Image);
    }

    [Fact]
    public async Task A_store_follows_what_is_made_changed_and_deleted()
    {
        using var server = await plane.Client();
        var ns = await ControlPlane.Namespace(server);
        await Map(server, ns, "before", "1");
        var store = new ObjectStore<V1ConfigMap>();
        var changes = System.Threading.Channels.Channel.CreateUnbounded<(string? Before, string? Now)>();
        store.Listen((before, now) => changes.Writer.TryWrite((before?.Data["value"], now?.Data["value"])));
        using var reflector = new Reflector<V1ConfigMap>(new ObjectFeed<V1ConfigMap>(server, ConfigMaps, ns), store, TimeProvider.System, NullLogger<Reflector<V1ConfigMap>>.Instance);
        await reflector.StartAsync(Patience.Ct);

        Assert.Equal((null, "1"), await changes.Reader.ReadAsync(Patience.Ct).Soon());
        var made = await Map(server, ns, "after", "2");
        Assert.Equal((null, "2"), await changes.Reader.ReadAsync(Patience.Ct).Soon());
        made.Data["value"] = "3";
        await server.CoreV1.ReplaceNamespacedConfigMapAsync(made, "after", ns, cancellationToken: Patience.Ct);
        Assert.Equal(("2", "3"), await changes.Reader.ReadAsync(Patience.Ct).Soon());
        await server.CoreV1.DeleteNamespacedConfigMapAsync("before", ns, cancellationToken: Patience.Ct);
        Assert.Equal(("1", null), await changes.Reader.ReadAsync(Patience.Ct).Soon());
        await reflector.StopAsync(Patience.Ct);
    }

    [Fact]
    public async Task A_watch_from_before_all_memory_is_gone()
    {
        using var server = await plane.Client();
        var ns = await ControlPlane.Namespace(server);
        await Map(server, ns, "one", "1");
        await plane.Compact();

        await foreach (var happened in new ObjectFeed<V1ConfigMap>(server, ConfigMaps, ns).Watch("1", Patience.Ct))
        {
            Assert.Equal((WatchKind.Error, 410), (happened.Kind, happened.Code));
            return;
        }
        Assert.Fail("the watch ended without a word");
    }

    [Fact]
    public async Task Pages_whose_moment_is_forgotten_meanwhile_are_asked_for_at_once()
    {
        // After the first page everything changes and the history is compacted: the server will not hear of that page's token again.
        var after = new AfterFirstPage();
        using var server = await plane.Client(after);
        var ns = await ControlPlane.Namespace(server);
        foreach (var name in new[] { "one", "two", "three" })
            await Map(server, ns, name, "1");
        after.Then = async () =>
        {
            using var other = await plane.Client();
            await Map(other, ns, "four", "1");
            await plane.Compact();
        };

        var listing = await new ObjectFeed<V1ConfigMap>(server, ConfigMaps, ns) { PageSize = 2 }.List(Patience.Ct);

        Assert.Equal(["four", "one", "three", "two"], listing.Items.Select(one => one.Metadata.Name).Order());
        Assert.Contains(after.Answers, code => code == 410);
    }

    [Fact]
    public async Task Of_two_who_want_the_lease_one_has_it_and_the_other_after_it_was_given_back()
    {
        using var server = await plane.Client();
        var ns = await ControlPlane.Namespace(server);
        LeaderLease Candidate(string name) => new(server, new LeaseOptions(ns, "operator", name), TimeProvider.System, NullLogger<LeaderLease>.Instance);
        var candidates = new[] { Candidate("a"), Candidate("b") };
        var acquired = candidates.Select(one => one.Acquire(Patience.Ct)).ToList();

        await (await Task.WhenAny(acquired).Soon());
        var (first, second) = candidates[0].Holds ? (candidates[0], candidates[1]) : (candidates[1], candidates[0]);
        Assert.False(second.Holds);
        await first.Release(Patience.Ct).Soon();
        await Task.WhenAll(acquired).Soon();

        Assert.True(second.Holds);
        Assert.Equal(1, (await server.CoordinationV1.ReadNamespacedLeaseAsync("operator", ns, cancellationToken: Patience.Ct)).Spec.LeaseTransitions);
    }

    [Fact]
    public async Task The_same_news_told_again_is_one_event_that_counts()
    {
        using var server = await plane.Client();
        var target = await Deployment(server, "app");
        target.ApiVersion = "apps/v1";
        target.Kind = "Deployment";
        var recorder = new EventRecorder(server, "operator-1", TimeProvider.System, NullLogger<EventRecorder>.Instance);

        for (var i = 0; i < 3; i++)
            await recorder.Tell(target, isWarning: true, "GateFailed", "Reconcile", "limits.size", Patience.Ct);

        var told = Assert.Single((await server.EventsV1.ListNamespacedEventAsync(target.Metadata.NamespaceProperty, cancellationToken: Patience.Ct)).Items);
        Assert.Equal(("GateFailed", "limits.size", 3, "Warning"), (told.Reason, told.Note, told.Series.Count, told.Type));
    }

    static Task Set(Applier applier, V1Deployment target, string container, string image) => applier.Apply(
        Sample.Deployments, new ObjectKey(target.Metadata.NamespaceProperty, target.Metadata.Name),
        new JsonObject { ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = container, ["image"] = image }) } } } },
        target.Metadata.Uid, target.Metadata.ResourceVersion, $"{Applier.FieldManager}.{container}", force: true, Patience.Ct);

    static async Task<V1Deployment> Deployment(ApiServer server, params string[] containers) =>
        await server.AppsV1.CreateNamespacedDeploymentAsync(Deployment(containers), await ControlPlane.Namespace(server), fieldManager: "kubectl", cancellationToken: Patience.Ct);

    static V1Deployment Deployment(params string[] containers) => new()
    {
        Metadata = new V1ObjectMeta { Name = "web" },
        Spec = new V1DeploymentSpec
        {
            Replicas = 3, Selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } },
            Template = new V1PodTemplateSpec
            {
                Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["app"] = "web" } },
                Spec = new V1PodSpec { Containers = [.. containers.Select(name => new V1Container { Name = name, Image = $"registry.example/{name}:1" })] },
            },
        },
    };

    static Task<V1ConfigMap> Map(ApiServer server, string ns, string name, string value) => server.CoreV1.CreateNamespacedConfigMapAsync(
        new V1ConfigMap { Metadata = new V1ObjectMeta { Name = name }, Data = new Dictionary<string, string> { ["value"] = value } }, ns, cancellationToken: Patience.Ct);

    sealed class AfterFirstPage : DelegatingHandler
    {
        public Func<Task>? Then { get; set; }

        public List<int> Answers { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.Query.Contains("limit=", StringComparison.Ordinal))
            {
                Answers.Add((int)response.StatusCode);
                if (Then is { } then)
                {
                    Then = null;
                    await then();
                }
            }
            return response;
        }
    }
}
