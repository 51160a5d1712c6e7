using System.Net;
using System.Text.Json.Nodes;
using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Server;

/// <summary>What a real API server makes of what the chart renders: its objects, the operator's rights, and the policy that leaves images to the operator.</summary>
public sealed class ChartOnServerTests(ControlPlane plane)
{
    [Theory, MemberData(nameof(Cases.Data), MemberType = typeof(Cases))]
    public async Task It_takes_each_object_that_the_chart_makes(string name)
    {
        using var server = await plane.Client();
        using var admin = new Caller(plane.Configuration);
        // What the cases take for granted.
        foreach (var place in (string[])["team", "checkout", "search"])
            await Created(admin, JsonNode.Parse($$"""{ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": "{{place}}" } }""")!.AsObject());
        await Created(admin, JsonNode.Parse("""{ "apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": { "name": "high" }, "value": 1000 }""")!.AsObject());
        foreach (var one in (await Helm.Render(Helm.Case(name))).Objects)
            if (await admin.Apply(one, dryRun: true) is var (status, message))
                Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Created, $"{Rendering.Title(one)}: {message}");
            else
                // Of operators that are not in this cluster.
                Assert.Matches("^(monitoring.coreos.com|keda.sh|gateway.networking.k8s.io)/", (string)one["apiVersion"]!);
    }

    [Fact]
    public async Task The_operator_may_do_its_work_where_it_is_told_to_and_nothing_else_anywhere()
    {
        using var server = await plane.Client();
        var (home, shop, other) = (await ControlPlane.Namespace(server), await ControlPlane.Namespace(server), await ControlPlane.Namespace(server));
        await Install(home, "--set", $"operator.watchNamespaces={{{shop}}}", "--set", $"operator.pullSecrets[0].namespace={shop}", "--set", "operator.pullSecrets[0].names={registry}");
        using var it = new Caller(plane.Configuration, $"system:serviceaccount:{home}:plimsoll-operator");

        // What is not there is not found, and only who may look is told so.
        string[] may =
        [
            .. from resource in (string[])["apis/plimsoll.dev/v1alpha1/{0}/imagerollouts", "apis/apps/v1/{0}/deployments", "apis/apps/v1/{0}/statefulsets", "apis/apps/v1/{0}/daemonsets", "api/v1/{0}/pods"]
               select string.Format(null, resource, $"namespaces/{shop}"),
            $"api/v1/namespaces/{shop}/secrets/registry", $"apis/coordination.k8s.io/v1/namespaces/{home}/leases/plimsoll-operator",
        ];
        foreach (var path in may)
            Assert.True((await it.Get(path)).Status is HttpStatusCode.OK or HttpStatusCode.NotFound, path);
        string[] mayNot =
        [
            "apis/plimsoll.dev/v1alpha1/imagerollouts", "apis/apps/v1/deployments", "api/v1/nodes", "api/v1/secrets", $"apis/plimsoll.dev/v1alpha1/namespaces/{other}/imagerollouts", $"apis/apps/v1/namespaces/{home}/deployments",
            $"api/v1/namespaces/{shop}/secrets", $"api/v1/namespaces/{shop}/secrets/other", $"api/v1/namespaces/{home}/secrets/plimsoll", $"api/v1/namespaces/{shop}/configmaps", $"apis/coordination.k8s.io/v1/namespaces/{home}/leases/other",
        ];
        foreach (var path in mayNot)
            Assert.True((await it.Get(path)).Status is HttpStatusCode.Forbidden, path);
    }

    [Fact]
    public async Task Nobody_but_the_operator_and_who_breaks_the_glass_changes_the_image_of_a_rollout()
    {
        using var server = await plane.Client();
        var (home, shop, elsewhere) = (await ControlPlane.Namespace(server), await ControlPlane.Namespace(server), await ControlPlane.Namespace(server));
        await Install(home, "--set", $"operator.watchNamespaces={{{shop}}}", "--set", "operator.admission.enabled=true", "--set", "operator.admission.breakGlassGroups={on call}");
        using var admin = new Caller(plane.Configuration);
        using var onCall = new Caller(plane.Configuration, "ann", "on call");
        using var it = new Caller(plane.Configuration, $"system:serviceaccount:{home}:plimsoll-operator");
        foreach (var place in (string[])[shop, elsewhere])
        {
            await Created(admin, Workload("Deployment", place));
            await Created(admin, Workload("StatefulSet", place));
            await Created(admin, JsonNode.Parse($$"""
                { "apiVersion": "plimsoll.dev/v1alpha1", "kind": "ImageRollout", "metadata": { "name": "checkout", "namespace": "{{place}}" },
                  "spec": { "targetRef": { "kind": "Deployment", "name": "checkout" }, "container": "app", "image": "registry.example/app:2", "policyRef": { "name": "production" } } }
                """)!.AsObject());
        }
        await Created(admin, JsonNode.Parse($$"""
            { "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": { "name": "on-call", "namespace": "{{shop}}" },
              "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "plimsoll-operator" }, "subjects": [{ "apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "on call" }] }
            """)!.AsObject());
        string Path(string place, string kind = "deployments") => $"apis/apps/v1/namespaces/{place}/{kind}/checkout";
        Task<(HttpStatusCode Status, string Message)> Set(Caller who, string place, int container, string tag, string kind = "deployments") =>
            who.Patch(Path(place, kind), $$"""[{"op":"replace","path":"/spec/template/spec/containers/{{container}}/image","value":"registry.example/app:{{tag}}"}]""");

        // The server takes a moment to learn of the policy, in which every patch is one more attempt.
        var refusal = await Refusal(attempt => Set(admin, shop, 0, $"early-{attempt}"));

        Assert.Contains("the image of container app is set by ImageRollout checkout: change its spec.image, and what passes is rolled out", refusal, StringComparison.Ordinal);
        // The same by another name: the container goes, and one with another image comes.
        await Refused(admin.Patch(Path(shop), """[{"op":"replace","path":"/spec/template/spec/containers/0/name","value":"app2"},{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"registry.example/app:9"}]"""));
        await Refused(admin.Patch(Path(shop), """[{"op":"remove","path":"/spec/template/spec/containers/0"}]"""));
        // Another account of the same name is another one, and rights are no reason.
        using (var impostor = new Caller(plane.Configuration, $"system:serviceaccount:{elsewhere}:plimsoll-operator", "system:masters"))
            await Refused(Set(impostor, shop, 0, "9"));

        await Taken(Set(it, shop, 0, "2"));
        await Taken(Set(onCall, shop, 0, "3"));
        await Taken(Set(admin, shop, 1, "9"));
        await Taken(admin.Patch(Path(shop), """{"spec":{"replicas":0,"template":{"metadata":{"annotations":{"a":"b"}}}}}"""));
        await Taken(admin.Patch(Path(shop), """[{"op":"move","from":"/spec/template/spec/containers/0","path":"/spec/template/spec/containers/1"}]"""));
        // No ImageRollout names it, and where this operator does not work it guards nothing.
        await Taken(Set(admin, shop, 0, "9", "statefulsets"));
        await Taken(Set(admin, elsewhere, 0, "9"));
    }

    async Task Install(string place, params string[] arguments)
    {
        using var admin = new Caller(plane.Configuration);
        var chart = await Helm.Render(["--namespace", place, .. arguments]);
        foreach (var one in chart.Objects.Where(one => Rendering.Kind(one).Contains("Role", StringComparison.Ordinal) || Rendering.Kind(one).StartsWith("ValidatingAdmission", StringComparison.Ordinal)))
            await Created(admin, one);
    }

    static async Task Created(Caller admin, JsonObject one)
    {
        var (status, message) = (await admin.Apply(one))!.Value;
        Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Created, $"{Rendering.Title(one)}: {message}");
    }

    static async Task Taken(Task<(HttpStatusCode Status, string Message)> call)
    {
        var (status, message) = await call;
        Assert.True(status is HttpStatusCode.OK, message);
    }

    static async Task Refused(Task<(HttpStatusCode Status, string Message)> call)
    {
        var (status, message) = await call;
        Assert.True(status is HttpStatusCode.Forbidden, $"{status}: {message}");
        Assert.Contains("ValidatingAdmissionPolicy", message, StringComparison.Ordinal);
    }

    static async Task<string> Refusal(Func<int, Task<(HttpStatusCode Status, string Message)>> call)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (await call(attempt) is (HttpStatusCode.Forbidden, var message))
                return message;
            await timer.WaitForNextTickAsync(Patience.Ct);
        }
        throw new TimeoutException("the policy refuses nothing");
    }

    static JsonObject Workload(string kind, string place) => JsonNode.Parse($$"""
        { "apiVersion": "apps/v1", "kind": "{{kind}}", "metadata": { "name": "checkout", "namespace": "{{place}}" },
          "spec": { {{(kind == "StatefulSet" ? "\"serviceName\": \"checkout\"," : "")}} "selector": { "matchLabels": { "app": "checkout" } }, "template": { "metadata": { "labels": { "app": "checkout" } },
            "spec": { "containers": [{ "name": "app", "image": "registry.example/app:1" }, { "name": "side", "image": "registry.example/side:1" }] } } } }
        """)!.AsObject();
}
