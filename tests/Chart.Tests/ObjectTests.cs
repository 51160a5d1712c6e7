using System.Text.Json.Nodes;
using Plimsoll.Chart.Tests.Samples;

namespace Plimsoll.Chart.Tests;

/// <summary>Every object of every case: that Kubernetes can read it, and that what it refers to is there.</summary>
public sealed class ObjectTests
{
    /// <summary>Kinds whose objects are in no namespace.</summary>
    static readonly string[] ClusterKinds = ["ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"];

    [Theory, MemberData(nameof(Cases.DataOfEachHelm), MemberType = typeof(Cases))]
    public async Task Helm_finds_nothing_to_say(string name, int helm) =>
        Assert.DoesNotContain("[WARNING]", (await Helm.OfMajor(helm).Run(["lint", "--strict", Helm.Folder, .. Helm.Case(name)])).Succeeded().Output);

    [Theory, MemberData(nameof(Cases.DataOfEachHelm), MemberType = typeof(Cases))]
    public async Task Kubernetes_knows_each_field_of_each_object(string name, int helm)
    {
        var chart = await Helm.OfMajor(helm).Template(Helm.Case(name));
        Assert.True(chart.Objects.Count > 5);
        Assert.All(chart.Objects, one => Assert.True(Models.Fault(one) is null, $"{Rendering.Title(one)}: {Models.Fault(one)}"));
    }

    [Fact]
    public async Task A_field_that_Kubernetes_does_not_know_is_found()
    {
        var pod = (await Helm.Render()).Get("Deployment", "plimsoll-api").DeepClone().AsObject();
        pod["spec"]!["template"]!["spec"]!["containers"]![0]!["livenesProbe"] = new JsonObject();
        Assert.Contains("livenesProbe", Models.Fault(pod));
        var scaled = (await Helm.Render(Helm.Case("scaled"))).Get("ScaledObject", "plimsoll-worker").DeepClone().AsObject();
        scaled["spec"]!["maxReplicas"] = 3;
        Assert.Equal("spec.maxReplicas", Models.Fault(scaled));
        var number = (await Helm.Render()).Get("ConfigMap", "plimsoll").DeepClone().AsObject();
        number["data"]!["WORKERS"] = 3;
        Assert.Contains("WORKERS", Models.Fault(number));
    }

    [Theory, MemberData(nameof(Cases.Data), MemberType = typeof(Cases))]
    public async Task No_two_objects_are_the_same_one(string name)
    {
        var titles = (await Helm.Render(Helm.Case(name))).Objects.Select(one => $"{Rendering.Title(one)} in {one["metadata"]!["namespace"]}").ToList();
        Assert.Equal(titles.Distinct(), titles);
    }

    [Theory, MemberData(nameof(Cases.Data), MemberType = typeof(Cases))]
    public async Task Each_object_is_labelled_and_in_the_namespace_of_the_release(string name) => Assert.All((await Helm.Render(Helm.Case(name))).Objects.Where(IsOurs), one =>
    {
        var labels = one["metadata"]!["labels"]!.AsObject();
        if (ClusterKinds.Contains(Rendering.Kind(one)))
            Assert.Null(one["metadata"]!["namespace"]);
        else
            // The case "guarded" has the operator work in two other namespaces, by rights there.
            Assert.Contains((string?)one["metadata"]!["namespace"], name == "guarded" && Rendering.Kind(one) is "Role" or "RoleBinding" ? ["team", "checkout", "search"] : (string[])["team"]);
        Assert.Equal(("plimsoll", "Helm", "plimsoll-0.1.0"), ((string?)labels["app.kubernetes.io/instance"], (string?)labels["app.kubernetes.io/managed-by"], (string?)labels["helm.sh/chart"]));
        Assert.All(["app.kubernetes.io/name", "app.kubernetes.io/component", "app.kubernetes.io/version", "app.kubernetes.io/part-of"], label => Assert.NotNull(labels[label]));
    });

    // What a Deployment or a StatefulSet selects by can never be changed, so nothing that changes may be in it.
    [Theory, MemberData(nameof(Cases.Data), MemberType = typeof(Cases))]
    public async Task Each_selector_has_three_labels_and_finds_its_pods(string name)
    {
        var chart = await Helm.Render(Helm.Case(name));
        var selectors = chart.Objects.Where(IsOurs).Select(one => (one, Selector: Rendering.Kind(one) == "Service" ? one["spec"]!["selector"] : one["spec"]?["selector"]?["matchLabels"] ?? one["spec"]?["podSelector"]?["matchLabels"]))
            .Where(pair => pair.Selector is not null).ToList();
        Assert.All(selectors, pair =>
        {
            Assert.Equal(["app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component"], pair.Selector!.AsObject().Select(label => label.Key));
            Assert.Contains(chart.Pods(), pod => pair.Selector.AsObject().All(label => (string?)pod.Pod["metadata"]!["labels"]![label.Key] == (string?)label.Value));
        });
        Assert.All(chart.OfKind("StatefulSet").SelectMany(set => Rendering.List(set["spec"]!["volumeClaimTemplates"])), claim => Assert.Equal(3, claim["metadata"]!["labels"]!.AsObject().Count));
    }

    [Theory, MemberData(nameof(Cases.Data), MemberType = typeof(Cases))]
    public async Task What_a_pod_mounts_and_reads_is_there(string name)
    {
        var chart = await Helm.Render(Helm.Case(name));
        Assert.All(chart.Pods(), pair =>
        {
            var volumes = Rendering.List(pair.Pod["spec"]!["volumes"]).Concat(Rendering.List(pair.Owner["spec"]?["volumeClaimTemplates"]).Select(claim => claim["metadata"]!.AsObject())).Select(volume => (string)volume["name"]!).ToList();
            Assert.Equal(volumes.Distinct(), volumes);
            foreach (var container in Rendering.Containers(pair.Pod))
            {
                Assert.All(Rendering.List(container["volumeMounts"]), mount => Assert.Contains((string)mount["name"]!, volumes));
                var names = Rendering.List(container["env"]).Select(variable => (string)variable["name"]!).ToList();
                Assert.Equal(names.Distinct(), names);
                Assert.All(Rendering.List(container["env"]), variable => Assert.True(Exists(chart, "secretKeyRef", "Secret", variable), $"{container["name"]}: {variable}"));
            }
        });
    }

    [Theory, MemberData(nameof(Cases.Data), MemberType = typeof(Cases))]
    public async Task What_a_scaler_or_a_route_points_at_is_there(string name)
    {
        var chart = await Helm.Render(Helm.Case(name));
        Assert.All(chart.OfKind("HorizontalPodAutoscaler").Concat(chart.OfKind("ScaledObject")), one =>
        {
            var target = chart.Get("Deployment", (string)one["spec"]!["scaleTargetRef"]!["name"]!);
            // Or each upgrade would set the number back.
            Assert.Null(target["spec"]!["replicas"]);
        });
        Assert.All(chart.OfKind("ScaledObject"), one => Assert.NotNull(chart.Find("TriggerAuthentication", (string)one["spec"]!["triggers"]![0]!["authenticationRef"]!["name"]!)));
        Assert.All(chart.OfKind("Ingress"), one => Assert.All(Rendering.List(one["spec"]!["rules"]), rule =>
            Assert.NotNull(chart.Find("Service", (string)rule["http"]!["paths"]![0]!["backend"]!["service"]!["name"]!))));
        Assert.All(chart.OfKind("HTTPRoute"), one =>
        {
            var backend = one["spec"]!["rules"]![0]!["backendRefs"]![0]!;
            Assert.Equal((int)backend["port"]!, (int)chart.Get("Service", (string)backend["name"]!)["spec"]!["ports"]![0]!["port"]!);
        });
    }

    // Those under extraObjects are as they were written.
    static bool IsOurs(JsonObject one) => one["metadata"]!["labels"] is not null;

    static bool Exists(Rendering chart, string reference, string kind, JsonObject variable) => variable["valueFrom"]?[reference] is not { } found
        || chart.Find(kind, (string)found["name"]!) is not { } own || own["data"]![(string)found["key"]!] is not null;
}
