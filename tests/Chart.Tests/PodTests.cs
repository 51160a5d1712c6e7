using System.Text.Json.Nodes;
using Plimsoll.Chart.Tests.Samples;

namespace Plimsoll.Chart.Tests;

/// <summary>Every pod of every case passes the "restricted" Pod Security Standard and a little more, and can be watched.</summary>
public sealed class PodTests
{
    /// <summary>The kinds of volumes that "restricted" allows.</summary>
    static readonly string[] AllowedVolumes = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    [Theory, MemberData(nameof(Cases.Data), MemberType = typeof(Cases))]
    public async Task Each_pod_has_no_rights_that_it_does_not_need(string name) => Assert.All((await Helm.Render(Helm.Case(name))).Pods(), pair =>
    {
        var spec = pair.Pod["spec"]!;
        // Nothing else of the chart talks to Kubernetes.
        Assert.Equal(IsOperator(pair.Owner), (bool)spec["automountServiceAccountToken"]!);
        Assert.False((bool)spec["enableServiceLinks"]!);
        Assert.Null(spec["hostNetwork"] ?? spec["hostPID"] ?? spec["hostIPC"]);
        var security = spec["securityContext"]!;
        Assert.True((bool)security["runAsNonRoot"]!);
        // The case "extended" replaces the image of PostgreSQL by one with another user.
        var user = name == "extended" && Rendering.Name(pair.Owner).EndsWith("postgres", StringComparison.Ordinal) ? 999 : 1000;
        Assert.Equal((user, user, user), ((int)security["runAsUser"]!, (int)security["runAsGroup"]!, (int)security["fsGroup"]!));
        Assert.Equal("RuntimeDefault", (string?)security["seccompProfile"]!["type"]);
        Assert.All(Rendering.List(spec["volumes"]), volume => Assert.Contains(volume.Single(member => member.Key != "name").Key, AllowedVolumes));
        Assert.All(Rendering.Containers(pair.Pod), container =>
        {
            var own = container["securityContext"]!;
            Assert.Equal((true, true, false, false), ((bool)own["runAsNonRoot"]!, (bool)own["readOnlyRootFilesystem"]!, (bool)own["allowPrivilegeEscalation"]!, (bool)own["privileged"]!));
            Assert.Equal("""{"drop":["ALL"]}""", own["capabilities"]!.ToJsonString());
            Assert.All(Rendering.List(container["ports"]), port => Assert.Null(port["hostPort"]));
            Assert.NotNull(container["resources"]!["requests"]!["memory"] ?? container["resources"]!["limits"]!["memory"]);
        });
    });

    [Theory, MemberData(nameof(Cases.Data), MemberType = typeof(Cases))]
    public async Task Each_container_that_runs_on_has_three_probes_and_each_its_own_way(string name) => Assert.All((await Helm.Render(Helm.Case(name))).Pods().Where(pair => pair.Pod["spec"]!["restartPolicy"] is null), pair =>
    {
        foreach (var container in Rendering.Containers(pair.Pod, first: false))
        {
            var (startup, liveness, readiness) = (container["startupProbe"]!, container["livenessProbe"]!, container["readinessProbe"]!);
            Assert.False(JsonNode.DeepEquals(startup, liveness) || JsonNode.DeepEquals(liveness, readiness) || JsonNode.DeepEquals(startup, readiness));
            if (container["args"]![0]!.ToString() == "serve")
                Assert.Equal(("/health", "/health/live", "/health/ready"), (Path(startup), Path(liveness), Path(readiness)));
            else
                // A database that recovers refuses work for a while, and must not be killed for it.
                Assert.NotNull(liveness["tcpSocket"]);
            // A port of the container.
            Assert.All(new[] { startup, liveness, readiness }.Select(probe => (string?)(probe["httpGet"] ?? probe["tcpSocket"])?["port"]).OfType<string>(), port => Assert.Contains(Rendering.List(container["ports"]), one => (string?)one["name"] == port));
            // It may start slowly, and once it runs it is not restarted for a moment's silence.
            Assert.True((int)startup["periodSeconds"]! * (int)startup["failureThreshold"]! >= 300);
            Assert.True((int)liveness["periodSeconds"]! * (int)liveness["failureThreshold"]! >= 30);
        }
    });

    static bool IsOperator(JsonObject owner) => (string?)owner["metadata"]!["labels"]!["app.kubernetes.io/component"] == "operator";

    static string? Path(JsonNode probe) => (string?)probe["httpGet"]?["path"];

    [Fact]
    public async Task Pods_migrate_before_they_serve_and_end_in_their_own_time()
    {
        var chart = await Helm.Render();
        foreach (var component in new[] { "api", "worker" })
        {
            var spec = chart.PodOf(component)["spec"]!;
            Assert.Equal("migrate", (string?)spec["initContainers"]![0]!["args"]![0]);
            Assert.Equal((string?)spec["containers"]![0]!["image"], (string?)spec["initContainers"]![0]!["image"]);
            // The programs take up to 25 seconds.
            var before = (int?)spec["containers"]![0]!["lifecycle"]?["preStop"]!["sleep"]!["seconds"] ?? 0;
            Assert.True((int)spec["terminationGracePeriodSeconds"]! >= before + 30);
            Assert.Equal(["/data", "/tmp"], Rendering.List(spec["containers"]![0]!["volumeMounts"]).Select(mount => (string)mount["mountPath"]!));
        }
    }

    [Fact]
    public async Task The_operator_has_no_database_to_migrate_and_writes_to_tmp_alone()
    {
        var spec = (await Helm.Render()).PodOf("operator")["spec"]!;
        Assert.Null(spec["initContainers"]);
        Assert.True((int)spec["terminationGracePeriodSeconds"]! >= 30);
        Assert.Equal(["tmp"], Rendering.List(spec["volumes"]).Select(volume => (string)volume["name"]!));
        Assert.Equal(["/tmp"], Rendering.List(spec["containers"]![0]!["volumeMounts"]).Select(mount => (string)mount["mountPath"]!));
    }

    [Fact]
    public async Task A_job_migrates_before_everything_else_and_uses_nothing_of_the_chart()
    {
        var chart = await Helm.Render(Helm.Case("external"));
        var job = chart.Get("Job", "plimsoll-migrate");
        Assert.Equal("pre-install,pre-upgrade", (string?)job["metadata"]!["annotations"]!["helm.sh/hook"]);
        Assert.Null(chart.PodOf("migrate")["spec"]!["serviceAccountName"]);
        Assert.Equal("plimsoll-database", (string?)Rendering.Containers(chart.PodOf("migrate")).Single()["env"]![0]!["valueFrom"]!["secretKeyRef"]!["name"]);
        Assert.All(new[] { "api", "worker" }, component => Assert.Null(chart.PodOf(component)["spec"]!["initContainers"]));
    }

    [Fact]
    public async Task The_test_of_helm_asks_the_service_with_the_programs_own_verb()
    {
        var chart = await Helm.Render();
        var container = Rendering.Containers(chart.Get("Pod", "plimsoll-test")).Single();
        Assert.Equal(["healthcheck", "http://plimsoll:80/health/ready"], container["args"]!.AsArray().Select(argument => (string)argument!));
        Assert.Equal(80, (int)chart.Get("Service", "plimsoll")["spec"]!["ports"]![0]!["port"]!);
    }
}
