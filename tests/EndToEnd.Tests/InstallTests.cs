using System.Text.Json;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.EndToEnd.Tests.Samples;

namespace Plimsoll.EndToEnd.Tests;

/// <summary><c>helm install</c>, <c>helm test</c> and <c>helm uninstall</c>, and the service between them.</summary>
[Trait("Category", "Slow")]
public sealed class InstallTests(Installation installation)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_pod_is_ready_where_nothing_but_restricted_pods_may_run()
    {
        var labels = (await installation.Kubectl.Get("namespace", Installation.Namespace)).GetProperty("metadata").GetProperty("labels");
        Assert.Equal("restricted", labels.GetProperty("pod-security.kubernetes.io/enforce").GetString());
        var pods = (await installation.Kubectl.Get("pods")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(Components(await installation.Kubectl.Get("deployments,statefulsets")), pods.Select(Component).Distinct().Order());
        Assert.All(pods, pod => Assert.Contains(pod.GetProperty("status").GetProperty("conditions").EnumerateArray(), condition => Holds(condition, "Ready")));
        Assert.Contains("plimsoll submit IMAGE --wait", installation.Notes);
    }

    [Fact]
    public async Task An_image_is_submitted_and_its_report_is_read_through_the_Service()
    {
        using var service = await installation.Reach();
        var digest = await Submitted(service);

        using var report = JsonDocument.Parse(await service.Http.GetStringAsync($"/v1/images/{digest}/report", Ct));
        Assert.Equal(digest, report.RootElement.GetProperty("image").GetProperty("manifestDigest").GetString());
        Assert.NotEmpty(report.RootElement.GetProperty("findings").EnumerateArray());
    }

    [Fact]
    public async Task Helm_test_passes()
    {
        var asked = await installation.Helmed("test", Installation.Release, "--timeout", "2m");

        Assert.True(asked.ExitCode == 0, asked.Error + asked.Output + await Observer.Describe(installation.Kubectl));
        Assert.Matches(@"Phase:\s+Succeeded", asked.Output);
    }

    [Fact]
    public async Task An_uninstall_keeps_the_data_and_the_definition_and_a_new_install_takes_them_up()
    {
        string digest, key;
        using (var service = await installation.Reach())
            digest = await Submitted(service);
        key = await SecretKey();

        await installation.Uninstall();
        await installation.Kubectl.Run("wait", "pods", "--all", "--for=delete", "--timeout=2m");
        Assert.Empty(await installation.Kubectl.Run("get", "deployments,statefulsets,services,configmaps,serviceaccounts", "--output", "name", "--selector", $"app.kubernetes.io/instance={Installation.Release}"));
        Assert.Equal(key, await SecretKey());
        Assert.Equal("ImageRollout", await installation.Kubectl.Run("get", "customresourcedefinition", Installation.Definition, "--output", "jsonpath={.spec.names.kind}"));
        Assert.Equal("Bound", await installation.Kubectl.Run("get", "pvc", $"data-{Installation.Release}-postgres-0", "--output", "jsonpath={.status.phase}"));

        await installation.Install();
        Assert.Equal(key, await SecretKey());
        using var again = await installation.Reach();
        using var known = await again.Http.GetAsync($"/v1/images/{digest}", Ct);
        Assert.True(known.IsSuccessStatusCode, $"{digest} is not known any more: {(int)known.StatusCode}");
    }

    Task<string> SecretKey() => installation.Kubectl.Run("get", "secret", Installation.Release, "--output", "jsonpath={.data.SECRET_KEY}");

    /// <summary>The digest of the sample image, inspected by a worker.</summary>
    static async Task<string> Submitted(Service service)
    {
        using var sample = new StreamContent(File.OpenRead(Repository.At("samples/webapp.tar")));
        using var submitted = await service.Http.PostAsync("/v1/inspections", sample, Ct);
        Assert.True(submitted.IsSuccessStatusCode, await submitted.Content.ReadAsStringAsync(Ct));
        // The stream of events ends with the inspection.
        await service.Http.GetStringAsync($"{submitted.Headers.Location}/events", Ct);
        using var ended = JsonDocument.Parse(await service.Http.GetStringAsync(submitted.Headers.Location, Ct));
        Assert.Equal("succeeded", ended.RootElement.GetProperty("state").GetString());
        return ended.RootElement.GetProperty("images")[0].GetString()!;
    }

    static IEnumerable<string> Components(JsonElement workloads) => workloads.GetProperty("items").EnumerateArray().Select(Component).Order();

    static string Component(JsonElement one) => one.GetProperty("metadata").GetProperty("labels").GetProperty("app.kubernetes.io/component").GetString()!;

    static bool Holds(JsonElement condition, string type) => condition.GetProperty("type").GetString() == type && condition.GetProperty("status").GetString() == "True";
}
