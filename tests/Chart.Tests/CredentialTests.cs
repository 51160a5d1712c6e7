using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Chart.Tests.Samples;

namespace Plimsoll.Chart.Tests;

/// <summary>
/// What the chart makes by itself is made once. Covered here: helm's own <c>lookup</c>, install, upgrade and uninstall, of helm 3 and of helm 4, over HTTP,
/// against <see cref="Cluster"/>, which stores what it is sent. Not covered: what only a real Kubernetes does with it, such as admission, the owners of fields
/// that server-side apply keeps, and volumes.
/// </summary>
public sealed class CredentialTests
{
    static string[] Install(params string[] more) => ["install", "plimsoll", Helm.Folder, "--disable-openapi-validation", .. more];

    static string[] Upgrade(params string[] more) => ["upgrade", "plimsoll", Helm.Folder, "--disable-openapi-validation", .. more];

    static JsonObject Data(Cluster cluster) => cluster.Find("secrets", "plimsoll")!["data"]!.AsObject();

    static string Text(JsonObject data, string key) => Encoding.UTF8.GetString(Convert.FromBase64String((string)data[key]!));

    static string? Checksum(Cluster cluster, string deployment) => (string?)cluster.Find("deployments", deployment)!["spec"]!["template"]!["metadata"]!["annotations"]!["checksum/secret"];

    [Theory, InlineData(3), InlineData(4)]
    public async Task They_stay_the_same_over_upgrades_and_start_no_pod_anew(int major)
    {
        var helm = Helm.OfMajor(major);
        await using var cluster = await Cluster.Start();
        (await cluster.Run(helm, Install())).Succeeded();
        var (made, checksum) = (Data(cluster), Checksum(cluster, "plimsoll-api"));
        Assert.All(["SECRET_KEY", "ADMIN_TOKEN", "OPERATOR_TOKEN", "POSTGRES_PASSWORD", "REDIS_PASSWORD"], key => Assert.Matches("^[A-Za-z0-9]{48}$", Text(made, key)));
        Assert.Equal(5, made.Select(pair => Text(made, pair.Key)).Where(value => value.Length == 48).Distinct().Count());

        (await cluster.Run(helm, Upgrade("--set", "worker.replicas=0,api.workers=2"))).Succeeded();
        Assert.Equal(0, (int)cluster.Find("deployments", "plimsoll-worker")!["spec"]!["replicas"]!);
        Assert.True(JsonNode.DeepEquals(made, Data(cluster)));
        Assert.Equal(checksum, Checksum(cluster, "plimsoll-api"));
    }

    [Theory, InlineData(3), InlineData(4)]
    public async Task They_outlive_an_uninstall_and_a_new_install_takes_them_up(int major)
    {
        var helm = Helm.OfMajor(major);
        await using var cluster = await Cluster.Start();
        (await cluster.Run(helm, Install())).Succeeded();
        var made = Data(cluster);
        (await cluster.Run(helm, "uninstall", "plimsoll")).Succeeded();
        Assert.Null(cluster.Find("deployments", "plimsoll-api"));
        Assert.True(JsonNode.DeepEquals(made, Data(cluster)));
        Assert.Equal(["/api/v1/namespaces/team/secrets/plimsoll", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/imagerollouts.plimsoll.dev"], cluster.Paths);

        (await cluster.Run(helm, Install())).Succeeded();
        Assert.True(JsonNode.DeepEquals(made, Data(cluster)));
    }

    // As when a new version of the chart makes one more.
    [Fact]
    public async Task One_that_is_not_there_yet_is_made_and_the_others_stay()
    {
        await using var cluster = await Cluster.Start();
        (await cluster.Run(Helm.Newest, Install())).Succeeded();
        var made = Data(cluster);
        cluster.Change("secrets", "plimsoll", secret => secret["data"]!.AsObject().Remove("OPERATOR_TOKEN"));
        (await cluster.Run(Helm.Newest, Upgrade())).Succeeded();
        var then = Data(cluster);
        Assert.All(["SECRET_KEY", "ADMIN_TOKEN", "POSTGRES_PASSWORD", "REDIS_PASSWORD"], key => Assert.Equal(Text(made, key), Text(then, key)));
        Assert.NotEqual(Text(made, "OPERATOR_TOKEN"), Text(then, "OPERATOR_TOKEN"));
    }

    [Fact]
    public async Task One_that_is_given_later_is_taken_and_starts_pods_anew()
    {
        await using var cluster = await Cluster.Start();
        (await cluster.Run(Helm.Newest, Install())).Succeeded();
        var (made, checksum) = (Data(cluster), Checksum(cluster, "plimsoll-api"));
        (await cluster.Run(Helm.Newest, Upgrade("--set", $"credentials.adminToken.value={new string('t', 30)}"))).Succeeded();
        Assert.Equal(new string('t', 30), Text(Data(cluster), "ADMIN_TOKEN"));
        Assert.Equal(Text(made, "SECRET_KEY"), Text(Data(cluster), "SECRET_KEY"));
        Assert.NotEqual(checksum, Checksum(cluster, "plimsoll-api"));
    }

    [Fact]
    public async Task Two_installs_have_nothing_in_common()
    {
        await using var one = await Cluster.Start();
        await using var other = await Cluster.Start();
        (await one.Run(Helm.Newest, Install())).Succeeded();
        (await other.Run(Helm.Newest, Install())).Succeeded();
        Assert.NotEqual(Text(Data(one), "SECRET_KEY"), Text(Data(other), "SECRET_KEY"));
    }

    [Theory, InlineData("external"), InlineData("gitops")]
    public async Task Where_nothing_may_be_made_the_same_values_render_the_same(string name)
    {
        string[] arguments = ["template", "plimsoll", Helm.Folder, .. Helm.Case(name)];
        Assert.Equal((await Helm.Newest.Run(arguments)).Succeeded().Output, (await Helm.Newest.Run(arguments)).Succeeded().Output);
    }

    [Fact]
    public async Task With_Secrets_of_ones_own_the_chart_has_none()
    {
        var chart = await Helm.Render(Helm.Case("external"));
        Assert.Empty(chart.OfKind("Secret"));
        var env = Rendering.List(Rendering.Containers(chart.PodOf("api"), first: false).Single()["env"]).Where(one => one["valueFrom"] is not null)
            .ToDictionary(one => (string)one["name"]!, one => ((string)one["valueFrom"]!["secretKeyRef"]!["name"]!, (string)one["valueFrom"]!["secretKeyRef"]!["key"]!));
        Assert.Equal(("plimsoll-database", "url"), env["DATABASE_URL"]);
        Assert.Equal(("plimsoll-redis", "url"), env["REDIS_URL"]);
        Assert.Equal([("plimsoll-keys", "signing"), ("plimsoll-keys", "admin"), ("plimsoll-keys", "operator")], new[] { "SECRET_KEY", "ADMIN_TOKEN", "OPERATOR_TOKEN" }.Select(name => env[name]));
        Assert.Equal("pull", (string?)Rendering.List(chart.PodOf("worker")["spec"]!["volumes"]).Single(volume => (string?)volume["name"] == "registries")["secret"]!["secretName"]);
    }

    [Theory, MemberData(nameof(Cases.Data), MemberType = typeof(Cases))]
    public async Task No_secret_stands_anywhere_but_in_Secrets(string name)
    {
        var chart = await Helm.Render(Helm.Case(name));
        var secrets = chart.OfKind("Secret").SelectMany(one => one["data"]!.AsObject().Select(pair => Text(one["data"]!.AsObject(), pair.Key))).ToList();
        Assert.All(chart.Objects.Where(one => Rendering.Kind(one) != "Secret"), one => Assert.All(secrets, secret => Assert.DoesNotContain(secret, one.ToJsonString(), StringComparison.Ordinal)));
        Assert.All(chart.OfKind("Secret"), one => Assert.Equal("keep", (string?)one["metadata"]!["annotations"]!["helm.sh/resource-policy"]));
    }
}
