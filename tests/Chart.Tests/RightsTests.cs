using System.Text.Json.Nodes;
using Plimsoll.Chart.Tests.Samples;

namespace Plimsoll.Chart.Tests;

/// <summary>Who may do what in Kubernetes: the operator, and nobody else of the chart.</summary>
public sealed class RightsTests
{
    const string Operator = "plimsoll-operator", InCluster = "plimsoll-operator.team";

    static IEnumerable<string> Rules(JsonObject role) => Rendering.List(role["rules"]).SelectMany(rule =>
        from @group in Texts(rule["apiGroups"]) from resource in Texts(rule["resources"])
        select $"{(@group.Length > 0 ? @group : "core")}/{resource}: {string.Join(' ', Texts(rule["verbs"]))}{(rule["resourceNames"] is { } names ? $" of {string.Join(' ', Texts(names))}" : "")}");

    static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().Select(text => (string)text!);

    static IEnumerable<JsonObject> Roles(Rendering chart) => chart.OfKind("Role").Concat(chart.OfKind("ClusterRole"));

    [Fact]
    public async Task It_may_do_what_a_rollout_takes_and_no_more() => Assert.Equal(
        [
            "plimsoll.dev/imagerollouts: list watch", "plimsoll.dev/imagerollouts/status: update",
            "apps/deployments: list watch patch", "apps/statefulsets: list watch patch", "apps/daemonsets: list watch patch",
            "core/pods: list watch create delete", "events.k8s.io/events: create patch",
        ],
        Rules((await Helm.Render()).Get("ClusterRole", InCluster)));

    [Fact]
    public async Task It_leads_by_one_lease_in_its_own_namespace()
    {
        var lease = (await Helm.Render(Helm.Case("guarded"))).Get("Role", "plimsoll-operator-lease");
        Assert.Equal("team", (string?)lease["metadata"]!["namespace"]);
        Assert.Equal(["coordination.k8s.io/leases: create", $"coordination.k8s.io/leases: get update of {Operator}"], Rules(lease));
        Assert.Equal(Operator, ContainerEnvironment.Of(await Helm.Render(), "operator")["LEASE_NAME"]);
    }

    [Theory, MemberData(nameof(Cases.Data), MemberType = typeof(Cases))]
    public async Task No_right_is_for_everything_and_none_is_for_Secrets_that_are_not_named(string name)
    {
        var rules = Roles(await Helm.Render(Helm.Case(name))).SelectMany(role => Rendering.List(role["rules"])).ToList();
        Assert.All(rules, rule =>
        {
            Assert.DoesNotContain("*", rule.ToJsonString(), StringComparison.Ordinal);
            Assert.Null(rule["nonResourceURLs"]);
            Assert.DoesNotContain(Texts(rule["verbs"]), verb => verb is "escalate" or "bind" or "impersonate");
            if (Texts(rule["resources"]).Contains("secrets"))
                Assert.NotEmpty(Texts(rule["resourceNames"]));
            Assert.DoesNotContain(Texts(rule["resources"]), resource => resource is "pods/exec" or "nodes" or "serviceaccounts/token");
        });
        Assert.Equal(name == "guarded", rules.Exists(rule => Texts(rule["resources"]).Contains("secrets")));
    }

    [Fact]
    public async Task Secrets_are_read_where_and_as_they_were_named()
    {
        var chart = await Helm.Render(Helm.Case("guarded"));
        var role = chart.Get("Role", "plimsoll-operator-pull");
        Assert.Equal("checkout", (string?)role["metadata"]!["namespace"]);
        Assert.Equal(["core/secrets: get of registry mirror"], Rules(role));
        Assert.Equal("true", ContainerEnvironment.Of(chart, "operator")["PULL_SECRETS"]);
        Assert.Equal("false", ContainerEnvironment.Of(await Helm.Render(), "operator")["PULL_SECRETS"]);
    }

    [Theory, InlineData("true", "admin"), InlineData("false", "admin edit")]
    public async Task Who_may_edit_workloads_does_not_get_round_the_guard_by_a_rollout(string isGuarded, string editors)
    {
        var chart = await Helm.Render("--set", $"operator.admission.enabled={isGuarded}");
        string Into(string role) => string.Join(' ', chart.Get("ClusterRole", $"{InCluster}.{role}")["metadata"]!["labels"]!.AsObject().Select(label => label.Key).Where(key => key.Contains("aggregate-to-", StringComparison.Ordinal)).Select(key => key.Split("aggregate-to-")[1]).Order());
        Assert.Equal((editors, "admin edit view"), (Into("edit"), Into("view")));
    }

    [Fact]
    public async Task Where_namespaces_are_named_its_rights_are_there_and_nowhere_else()
    {
        var chart = await Helm.Render([.. Helm.Case("guarded"), "--set", "operator.aggregateRoles=false"]);
        Assert.Empty(chart.OfKind("ClusterRole").Concat(chart.OfKind("ClusterRoleBinding")));
        var roles = chart.OfKind("Role").Where(role => Rendering.Name(role) == Operator).ToList();
        Assert.Equal(["checkout", "search"], roles.Select(role => (string?)role["metadata"]!["namespace"]));
        Assert.All(roles, role => Assert.Equal(7, Rules(role).Count()));
        // Those of people stay, unless they are not wanted.
        Assert.Equal([$"{InCluster}.edit", $"{InCluster}.view"], (await Helm.Render(Helm.Case("guarded"))).OfKind("ClusterRole").Select(Rendering.Name));
    }

    [Theory, MemberData(nameof(Cases.Data), MemberType = typeof(Cases))]
    public async Task Each_role_of_the_operator_is_given_to_its_own_account_alone(string name)
    {
        var chart = await Helm.Render(Helm.Case(name));
        var bindings = chart.OfKind("RoleBinding").Concat(chart.OfKind("ClusterRoleBinding")).ToList();
        Assert.All(bindings, binding =>
        {
            var (subject, role) = (Assert.Single(Rendering.List(binding["subjects"])), binding["roleRef"]!);
            Assert.Equal(("ServiceAccount", "team"), ((string?)subject["kind"], (string?)subject["namespace"]));
            // And no other pod runs under that account.
            var pods = chart.Pods().Where(pair => (string?)pair.Pod["spec"]!["serviceAccountName"] == (string?)subject["name"]).ToList();
            Assert.Equal("operator", (string?)Assert.Single(pods).Pod["metadata"]!["labels"]!["app.kubernetes.io/component"]);
            Assert.Contains(Roles(chart), one => (Rendering.Kind(one), Rendering.Name(one), (string?)one["metadata"]!["namespace"]) == ((string?)role["kind"], (string?)role["name"], (string?)binding["metadata"]!["namespace"]));
        });
        Assert.Equal(Roles(chart).Count(role => role["metadata"]!["labels"]!["rbac.authorization.k8s.io/aggregate-to-admin"] is null), bindings.Count);
    }

    [Fact]
    public async Task The_account_can_be_one_that_is_there_already()
    {
        var chart = await Helm.Render("--set", "operator.serviceAccount.create=false", "--set", "operator.serviceAccount.name=roller");
        Assert.Equal(["plimsoll"], chart.OfKind("ServiceAccount").Select(Rendering.Name));
        Assert.Equal("roller", (string?)chart.PodOf("operator")["spec"]!["serviceAccountName"]);
        Assert.Equal("roller", (string?)chart.Get("ClusterRoleBinding", InCluster)["subjects"]![0]!["name"]);
        Assert.All((await Helm.Render()).OfKind("ServiceAccount"), account => Assert.False((bool)account["automountServiceAccountToken"]!));
    }

    [Fact]
    public async Task Who_may_view_or_edit_a_namespace_may_view_or_edit_its_ImageRollouts()
    {
        var chart = await Helm.Render();
        var (view, edit) = (chart.Get("ClusterRole", $"{InCluster}.view"), chart.Get("ClusterRole", $"{InCluster}.edit"));
        Assert.Equal(["plimsoll.dev/imagerollouts: get list watch", "plimsoll.dev/imagerollouts/status: get"], Rules(view));
        // The status is the operator's to write.
        Assert.Equal(["plimsoll.dev/imagerollouts: create delete deletecollection patch update"], Rules(edit));
        Assert.Equal(["admin", "edit", "view"], Aggregated(view));
        Assert.Equal(["admin", "edit"], Aggregated(edit));
        Assert.DoesNotContain((await Helm.Render("--set", "operator.aggregateRoles=false")).OfKind("ClusterRole"), role => Aggregated(role).Any());
    }

    // A release beside this one, of the same name in another namespace, has objects of its own.
    [Fact]
    public async Task What_is_in_no_namespace_is_named_after_that_of_the_release()
    {
        var chart = await Helm.Render([.. Helm.Case("guarded"), "--set", "operator.watchNamespaces=null", "--set", "operator.pullSecrets=null"]);
        Assert.All(chart.Objects.Where(one => one["metadata"]!["namespace"] is null && Rendering.Kind(one) != "CustomResourceDefinition"), one => Assert.Matches(@"^plimsoll-operator\.team(\.|$)", Rendering.Name(one)));
        Assert.Equal(6, chart.Objects.Count(one => one["metadata"]!["namespace"] is null && Rendering.Kind(one) != "CustomResourceDefinition"));
    }

    static IEnumerable<string> Aggregated(JsonObject role) => role["metadata"]!["labels"]!.AsObject().Where(label => label.Key.StartsWith("rbac.authorization.k8s.io/aggregate-to-", StringComparison.Ordinal) && (string?)label.Value == "true")
        .Select(label => label.Key.Split("-to-")[1]).Order(StringComparer.Ordinal);
}
