using System.Text.Json.Nodes;
using Plimsoll.Chart.Tests.Samples;

namespace Plimsoll.Chart.Tests;

/// <summary>Who reaches what: services, policies, ways in.</summary>
public sealed class NetworkTests
{
    [Fact]
    public async Task Nothing_limits_the_network_unless_it_is_asked_for() => Assert.Empty((await Helm.Render()).OfKind("NetworkPolicy"));

    [Theory, InlineData("scaled"), InlineData("external"), InlineData("guarded")]
    public async Task With_policies_each_pod_has_one_of_both_directions(string name)
    {
        var chart = await Helm.Render(Helm.Case(name));
        Assert.All(chart.Pods(), pair =>
        {
            var policy = Assert.Single(chart.OfKind("NetworkPolicy"), one => Selects(one["spec"]!["podSelector"]!, pair.Pod));
            Assert.Equal(["Ingress", "Egress"], policy["spec"]!["policyTypes"]!.AsArray().Select(type => (string)type!));
        });
    }

    [Fact]
    public async Task Only_the_parts_and_KEDA_reach_the_databases_and_these_reach_nobody()
    {
        var chart = await Helm.Render(Helm.Case("scaled"));
        var postgres = chart.Get("NetworkPolicy", "plimsoll-postgres")["spec"]!;
        Assert.Null(postgres["egress"]);
        Assert.Equal(["api", "worker", "keda"], Sources(postgres));
        Assert.Equal([5432], Ports(postgres["ingress"]));
        var redis = chart.Get("NetworkPolicy", "plimsoll-redis")["spec"]!;
        Assert.Equal(["api", "worker"], Sources(redis));
        Assert.Equal([6379], Ports(redis["ingress"]));
    }

    [Theory, InlineData("api"), InlineData("worker")]
    public async Task A_part_reaches_names_databases_and_registries(string component)
    {
        var egress = (await Helm.Render(Helm.Case("scaled"))).Get("NetworkPolicy", $"plimsoll-{component}")["spec"]!["egress"];
        Assert.Equal([53, 53, 5432, 6379, 80, 443], Ports(egress));
        // Each of them, and no port that two rules give to different peers.
        Assert.Equal(["postgres", "redis"], Rendering.List(egress).SelectMany(rule => Rendering.List(rule["to"])).Select(Component));
    }

    [Theory, InlineData("https://mirror.example:8443/osv", new[] { 80, 443, 8443 }), InlineData("https://mirror.example:443/osv", new[] { 80, 443 }), InlineData("off", new[] { 80, 443 })]
    public async Task A_mirror_of_advisories_is_reached_at_its_port(string source, int[] ports)
    {
        foreach (var component in (string[])["api", "worker"])
            Assert.Equal(ports, Ports((await Helm.Render([.. Helm.Case("scaled"), "--set", $"advisories.source={source}"])).Get("NetworkPolicy", $"plimsoll-{component}")["spec"]!["egress"]).Skip(4));
    }

    [Fact]
    public async Task External_databases_are_reached_where_they_are_said_to_be_and_callers_are_those_named()
    {
        var chart = await Helm.Render(Helm.Case("external"));
        var api = chart.Get("NetworkPolicy", "plimsoll-api")["spec"]!;
        Assert.Equal(["10.20.0.0/24", "10.20.1.0/24"], Rendering.List(api["egress"]).SelectMany(rule => Rendering.List(rule["to"])).Select(peer => (string)peer["ipBlock"]!["cidr"]!));
        // The pod of "helm test" is let in too.
        Assert.Equal(["test", "operator", "ingress"], Sources(api));
        Assert.Equal([53, 53, 5432], Ports(chart.Get("NetworkPolicy", "plimsoll-migrate")["spec"]!["egress"]));
    }

    [Fact]
    public async Task Who_fetches_metrics_is_let_in_to_each_part_beside_the_callers_of_the_API()
    {
        var chart = await Helm.Render(Helm.Case("monitored"));
        Assert.Equal(["test", "operator", "ingress", "monitoring"], Sources(chart.Get("NetworkPolicy", "plimsoll-api")["spec"]!));
        Assert.All(["worker", "operator"], part => Assert.Equal(["monitoring"], Sources(chart.Get("NetworkPolicy", $"plimsoll-{part}")["spec"]!)));
        // Nobody named is nobody more at the API.
        Assert.Equal(["test", "operator", "ingress"], Sources((await Helm.Render(Helm.Case("external"))).Get("NetworkPolicy", "plimsoll-api")["spec"]!));
    }

    [Fact]
    public async Task The_operator_reaches_names_the_API_and_Kubernetes()
    {
        var egress = (await Helm.Render(Helm.Case("guarded"))).Get("NetworkPolicy", "plimsoll-operator")["spec"]!["egress"];
        Assert.Equal([53, 53, 8000, 6443], Ports(egress));
        Assert.Equal(["api", "10.0.0.0/28"], Rendering.List(egress).SelectMany(rule => Rendering.List(rule["to"])).Select(peer => peer["ipBlock"] is { } block ? (string?)block["cidr"] : Component(peer)));
        // What is not known is not guessed: its ports are, before and behind its Service, and where it is is not.
        Assert.Equal([53, 53, 8000, 443, 6443], Ports((await Helm.Render(Helm.Case("scaled"))).Get("NetworkPolicy", "plimsoll-operator")["spec"]!["egress"]));
        // Without one, nobody is let in for it.
        string[] none = [.. Helm.Case("external"), "--set", "operator.enabled=false"];
        Assert.Equal(["test", "ingress"], Sources((await Helm.Render(none)).Get("NetworkPolicy", "plimsoll-api")["spec"]!));
        Assert.Null((await Helm.Render(none)).Find("NetworkPolicy", "plimsoll-operator"));
    }

    [Fact]
    public async Task An_Ingress_and_an_HTTPRoute_lead_to_the_API()
    {
        var chart = await Helm.Render(Helm.Case("scaled"));
        var ingress = chart.Get("Ingress", "plimsoll")["spec"]!;
        Assert.Equal(("nginx", "plimsoll.example", "plimsoll-tls"), ((string?)ingress["ingressClassName"], (string?)ingress["rules"]![0]!["host"], (string?)ingress["tls"]![0]!["secretName"]));
        Assert.Equal("api", (string?)chart.Get("Service", "plimsoll")["spec"]!["selector"]!["app.kubernetes.io/component"]);
        Assert.Equal("edge", (string?)chart.Get("HTTPRoute", "plimsoll")["spec"]!["parentRefs"]![0]!["name"]);
    }

    [Fact]
    public async Task A_Service_has_the_type_and_the_port_that_were_asked_for()
    {
        var service = (await Helm.Render(Helm.Case("replicas"))).Get("Service", "plimsoll")["spec"]!;
        Assert.Equal(("NodePort", 30800), ((string?)service["type"], (int)service["ports"]![0]!["nodePort"]!));
        Assert.Null((await Helm.Render()).Get("Service", "plimsoll")["spec"]!["ports"]![0]!["nodePort"]);
    }

    static bool Selects(JsonNode selector, JsonObject pod) => selector["matchLabels"]!.AsObject().All(label => (string?)pod["metadata"]!["labels"]![label.Key] == (string?)label.Value);

    static IEnumerable<string> Sources(JsonNode spec) => Rendering.List(spec["ingress"]).SelectMany(rule => Rendering.List(rule["from"])).Select(Component);

    static string Component(JsonObject peer) => (string)(peer["podSelector"]?["matchLabels"]!["app.kubernetes.io/component"] ?? peer["namespaceSelector"]!["matchLabels"]!["kubernetes.io/metadata.name"])!;

    static IEnumerable<int> Ports(JsonNode? rules) => Rendering.List(rules).SelectMany(rule => Rendering.List(rule["ports"])).Select(port => (int)port["port"]!);
}
