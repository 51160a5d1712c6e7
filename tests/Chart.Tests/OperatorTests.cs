using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Chart.Tests;

/// <summary>What the chart says to the operator, and where it finds what it needs.</summary>
public sealed class OperatorTests
{
    static string Elsewhere(string name, string key) => $"{name}/{key}";

    static async Task<IReadOnlyDictionary<string, string>> Of(params string[] arguments) => ContainerEnvironment.Of(await Helm.Render(arguments), "operator", null, Elsewhere);

    /// <summary>The variables that docs/operations.md tells of; the operator's own tests hold that table against the operator.</summary>
    static IEnumerable<string> Told()
    {
        var page = File.ReadAllText(Repository.At("docs/operations.md"));
        var table = page.Split("<!-- variables of the operator -->\n")[1].Split("<!-- end of variables of the operator -->")[0];
        return table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).Select(line => line.Split('`')[1]);
    }

    [Fact]
    public async Task It_is_told_where_the_service_is_and_signs_in_with_the_token_made_for_it()
    {
        var chart = await Helm.Render();
        var (environment, service) = (await Of(), chart.Get("Service", "plimsoll"));
        Assert.Equal($"http://plimsoll.team.svc:{service["spec"]!["ports"]![0]!["port"]}", environment["PLIMSOLL_URL"]);
        Assert.Equal("http://plimsoll.team.svc:8080", (await Of("--set", "service.port=8080"))["PLIMSOLL_URL"]);
        // The same Secret and key as the API's, or it would be refused.
        Assert.Equal(ContainerEnvironment.Of(chart, "api")["OPERATOR_TOKEN"], environment["PLIMSOLL_TOKEN"]);
        Assert.Equal("plimsoll-keys/operator", (await Of(Helm.Case("external")))["PLIMSOLL_TOKEN"]);
    }

    [Fact]
    public async Task It_knows_nothing_of_the_databases_and_of_the_other_secrets()
    {
        var chart = await Helm.Render();
        Assert.Equal(["ASPNETCORE_URLS", "LEASE_NAME", "LOG_LEVEL", "PLIMSOLL_TOKEN", "PLIMSOLL_URL", "POD_NAME", "POD_NAMESPACE", "PULL_SECRETS", "WORKERS"], (await Of()).Keys.Order(StringComparer.Ordinal));
        Assert.Null(Rendering.Containers(chart.PodOf("operator")).Single()["envFrom"]);
    }

    [Fact]
    public async Task Each_variable_is_one_that_the_page_tells_of_and_each_of_these_can_be_set()
    {
        var set = (await Of([.. Helm.Case("guarded")])).Keys.ToHashSet();
        Assert.All(set, name => Assert.Contains(name, Told().Append("ASPNETCORE_URLS")));
        // The token is given in the environment; who mounts it as a file does so outside of the chart.
        Assert.Equal(["PLIMSOLL_TOKEN_FILE"], Told().Where(name => !set.Contains(name)));
    }

    [Theory]
    [InlineData("operator.workers=9", "WORKERS", "9"), InlineData("config.logLevel=DEBUG", "LOG_LEVEL", "DEBUG"), InlineData("operator.watchNamespaces={shop,search}", "WATCH_NAMESPACES", "shop,search")]
    [InlineData("operator.publicUrl=https://plimsoll.example/team", "PUBLIC_URL", "https://plimsoll.example/team"), InlineData("fullnameOverride=gate", "LEASE_NAME", "gate-operator")]
    public async Task A_value_arrives_as_it_was_given(string value, string variable, string expected) => Assert.Equal(expected, (await Of("--set", value))[variable]);

    [Fact]
    public async Task Links_lead_where_people_reach_the_service()
    {
        Assert.False((await Of()).ContainsKey("PUBLIC_URL"));
        Assert.Equal("https://plimsoll.example", (await Of(Helm.Case("scaled")))["PUBLIC_URL"]);
        Assert.Equal("http://plimsoll.example/checks", (await Of("--set", "ingress.enabled=true", "--set", "ingress.hosts={plimsoll.example}", "--set", "ingress.path=/checks/"))["PUBLIC_URL"]);
    }

    [Fact]
    public async Task It_is_replaced_by_one_that_is_ready_and_starts_anew_when_its_token_is_another()
    {
        var deployment = (await Helm.Render(Helm.Case("guarded"))).Get("Deployment", "plimsoll-operator")["spec"]!;
        Assert.Equal((2, 1, 0), ((int)deployment["replicas"]!, (int)deployment["strategy"]!["rollingUpdate"]!["maxSurge"]!, (int)deployment["strategy"]!["rollingUpdate"]!["maxUnavailable"]!));
        async Task<string> Annotations(params string[] arguments) => (await Helm.Render([.. Helm.Case("gitops"), .. arguments])).PodOf("operator")["metadata"]!["annotations"]?.ToJsonString() ?? "";
        string[] given = ["--set", "credentials.operatorToken.existingSecret=", "--set", $"credentials.operatorToken.value={new string('t', 24)}"];
        Assert.NotEqual(await Annotations(given), await Annotations([.. given, "--set", $"credentials.operatorToken.value={new string('u', 24)}"]));
        Assert.Equal(await Annotations(given), await Annotations([.. given, "--set", "config.retentionDays=7", "--set", "redis.password=another"]));
        // Of a Secret that is not the chart's it sees nothing.
        Assert.Equal("", await Annotations());
    }

    [Fact]
    public async Task Without_it_nothing_of_it_is_there_but_the_definition()
    {
        var chart = await Helm.Render("--set", "operator.enabled=false");
        Assert.Equal(["CustomResourceDefinition imagerollouts.plimsoll.dev"], chart.Objects.Where(one => (string?)one["metadata"]!["labels"]!["app.kubernetes.io/component"] == "operator").Select(Rendering.Title));
    }
}
