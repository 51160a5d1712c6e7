using Plimsoll.Chart.Tests.Samples;

namespace Plimsoll.Chart.Tests;

/// <summary>
/// The policy that leaves an image to the operator alone, as it is rendered. What it lets through and what not, a real API server says: the tests of the operator
/// ask one where there is one.
/// </summary>
public sealed class AdmissionTests
{
    const string Name = "plimsoll-operator.team";

    [Fact]
    public async Task Nobody_is_kept_from_anything_unless_it_is_asked_for() =>
        Assert.DoesNotContain((await Helm.Render()).Objects, one => Rendering.Kind(one).StartsWith("ValidatingAdmission", StringComparison.Ordinal));

    [Fact]
    public async Task It_looks_at_changes_of_workloads_and_breaks_no_cluster()
    {
        var spec = (await Helm.Render(Helm.Case("guarded"))).Get("ValidatingAdmissionPolicy", Name)["spec"]!;
        Assert.Equal("""[{"apiGroups":["apps"],"apiVersions":["v1"],"operations":["UPDATE"],"resources":["deployments","statefulsets","daemonsets"]}]""", spec["matchConstraints"]!["resourceRules"]!.ToJsonString());
        Assert.Equal("Ignore", (string?)spec["failurePolicy"]);
        Assert.Equal(("plimsoll.dev/v1alpha1", "ImageRollout"), ((string?)spec["paramKind"]!["apiVersion"], (string?)spec["paramKind"]!["kind"]));
        Assert.Contains("ImageRollout ' + params.metadata.name + ': change its spec.image", (string?)spec["validations"]![0]!["messageExpression"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_asks_the_ImageRollouts_of_the_workloads_namespace_and_those_that_this_operator_works_on()
    {
        var spec = (await Helm.Render(Helm.Case("guarded"))).Get("ValidatingAdmissionPolicyBinding", Name)["spec"]!;
        Assert.Equal((Name, """["Deny"]"""), ((string?)spec["policyName"], spec["validationActions"]!.ToJsonString()));
        Assert.Equal("""{"selector":{},"parameterNotFoundAction":"Allow"}""", spec["paramRef"]!.ToJsonString());
        Assert.Equal("""{"namespaceSelector":{"matchExpressions":[{"key":"kubernetes.io/metadata.name","operator":"In","values":["checkout","search"]}]}}""", spec["matchResources"]!.ToJsonString());
        Assert.Null((await Helm.Render("--set", "operator.admission.enabled=true")).Get("ValidatingAdmissionPolicyBinding", Name)["spec"]!["matchResources"]);
    }

    [Fact]
    public async Task The_operator_is_let_through_by_its_account_and_others_by_their_groups()
    {
        var chart = await Helm.Render(Helm.Case("guarded"));
        var account = $"system:serviceaccount:team:{chart.PodOf("operator")["spec"]!["serviceAccountName"]}";
        var conditions = Rendering.List(chart.Get("ValidatingAdmissionPolicy", Name)["spec"]!["matchConditions"]).Select(one => (string)one["expression"]!);
        Assert.Equal([$"request.userInfo.username != '{account}'", "!request.userInfo.groups.exists(group, group in ['system:masters', 'oidc:on call'])"], conditions);
        Assert.Single(Rendering.List((await Helm.Render("--set", "operator.admission.enabled=true")).Get("ValidatingAdmissionPolicy", Name)["spec"]!["matchConditions"]));
    }
}
