using Plimsoll.Chart.Tests.Samples;

namespace Plimsoll.Chart.Tests;

/// <summary>Values that cannot be meant fail before anything is installed, and say why.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("api.replica=2"), InlineData("config.loglevel=DEBUG"), InlineData("postgress.mode=external"), InlineData("api.image.tags=1"), InlineData("global.image.regsitry=x")]
    [InlineData("worker.autoscaling.max=3"), InlineData("networkPolicy.enable=true"), InlineData("credentials.secretKey.exisitingSecret=x"), InlineData("redis.external.uri=redis://x")]
    [InlineData("podSecurityContext.runAsNonroot=true"), InlineData("containerSecurityContext.readonlyRootFilesystem=false"), InlineData("api.extraEnv[0].vlaue=x"), InlineData("worker.affinity.podAntiaffinity.a=b")]
    [InlineData("api.resources.request.cpu=1"), InlineData("worker.tolerations[0].efect=NoSchedule"), InlineData("probes.liveness.failureTreshold=3"), InlineData("ingress.tls[0].secret=x")]
    [InlineData("monitoring.serviceMonitor.enable=true"), InlineData("monitoring.prometheusRules.enabled=true"), InlineData("monitoring.serviceMonitor.relabelings[0].targetlabel=x")]
    [InlineData("crds.instal=false"), InlineData("operator.watchNamespace={a}"), InlineData("operator.admission.enable=true"), InlineData("operator.pullSecrets[0].name=x"), InlineData("operator.serviceAccount.creates=false")]
    public async Task A_key_that_is_misspelt_is_named(string value)
    {
        var key = value.StartsWith("postgress", StringComparison.Ordinal) ? "postgress" : value.Contains("prometheusRules", StringComparison.Ordinal) ? "prometheusRules" : value.Contains("podAntiaffinity", StringComparison.Ordinal) ? "podAntiaffinity"
            : value.Contains(".request.", StringComparison.Ordinal) ? "request" : value.Split('=')[0].Split('.')[^1];
        Assert.Contains(key, await Helm.OfMajor(3).Refuses("--set", value));
        Assert.Contains(key, await Helm.OfMajor(4).Refuses("--set", value));
    }

    [Theory]
    [InlineData("config.logLevel=LOUD"), InlineData("config.timeout=0"), InlineData("config.maxConnections=1"), InlineData("api.workers=65"), InlineData("worker.workers=0"), InlineData("api.replicas=0")]
    [InlineData("config.blobStore=ftp://x"), InlineData("config.uploadLimit=20GB"), InlineData("config.rateLimit=50"), InlineData("postgres.mode=embedded"), InlineData("service.port=70000")]
    [InlineData("postgres.external.url=mysql://x"), InlineData("redis.external.url=http://x"), InlineData("credentials.secretKey.value=short"), InlineData("credentials.adminToken.value=short")]
    [InlineData("api.image.digest=sha256:12"), InlineData("worker.autoscaling.by=queue"), InlineData("migrations.mode=hook"), InlineData("global.image.pullPolicy=Sometimes"), InlineData("api.podDisruptionBudget.maxUnavailable=0")]
    [InlineData("postgres.password=p@ss"), InlineData("api.terminationGracePeriodSeconds=20")]
    [InlineData("monitoring.serviceMonitor.interval=5m"), InlineData("monitoring.serviceMonitor.scrapeTimeout=10"), InlineData("monitoring.prometheusRule.runbookUrl=wiki"), InlineData("monitoring.dashboard.namespace=Team")]
    [InlineData("operator.replicas=0"), InlineData("operator.workers=0"), InlineData("operator.workers=65"), InlineData("operator.terminationGracePeriodSeconds=25"), InlineData("operator.publicUrl=plimsoll.example")]
    [InlineData("operator.publicUrl=https://plimsoll.example/"), InlineData("networkPolicy.apiServerPorts={}")]
    public async Task A_value_that_the_programs_would_refuse_is_refused_before(string value) =>
        Assert.Contains(value.Split('=')[0].Split('.')[^1], await Helm.Newest.Refuses("--set", value));

    [Theory]
    [InlineData("postgres.mode is external: say where it is", "postgres.mode=external")]
    [InlineData("redis.mode is external: say where it is", "redis.mode=external")]
    [InlineData("postgres.external has both existingSecret and url", "postgres.mode=external", "postgres.external.url=postgres://h/d", "postgres.external.existingSecret=x")]
    [InlineData("postgres.external is given, but postgres.mode is internal", "postgres.external.url=postgres://h/d")]
    [InlineData("postgres.password is for mode internal", "postgres.mode=external", "postgres.external.existingSecret=x", "postgres.password=p")]
    [InlineData("credentials.generate is false: give postgres.password", "credentials.generate=false")]
    [InlineData("credentials.generate is false: give credentials.secretKey.existingSecret or credentials.secretKey.value", "credentials.generate=false")]
    [InlineData("credentials.adminToken has both existingSecret and value", "credentials.adminToken.existingSecret=x", "credentials.adminToken.value=012345678901234567890123")]
    [InlineData("nobody would inspect", "worker.enabled=false")]
    [InlineData("nobody would inspect", "worker.replicas=0")]
    [InlineData("worker.autoscaling.enabled is true, but worker.enabled is false", "worker.enabled=false", "api.workers=1", "worker.autoscaling.enabled=true")]
    [InlineData("api.autoscaling: minReplicas is above maxReplicas", "api.autoscaling.enabled=true", "api.autoscaling.minReplicas=9")]
    [InlineData("which only keda can wake from", "worker.autoscaling.enabled=true", "worker.autoscaling.by=cpu", "worker.autoscaling.minReplicas=0")]
    [InlineData("each pod would have files of its own", "config.blobStore=file:")]
    [InlineData("names a folder outside /data", "config.blobStore=file:/mnt", "data.existingClaim=x")]
    [InlineData("migrations.mode is job", "migrations.mode=job")]
    [InlineData("migrations.mode is job", "migrations.mode=job", "postgres.mode=external", "postgres.external.url=postgres://h/d")]
    [InlineData("name its hosts in ingress.hosts", "ingress.enabled=true")]
    [InlineData("name its Gateway in httpRoute.parentRefs", "httpRoute.enabled=true")]
    [InlineData("service.nodePort is given", "service.nodePort=30080")]
    [InlineData("commonLabels sets app.kubernetes.io/name", @"commonLabels.app\.kubernetes\.io/name=x")]
    [InlineData("api.extraEnv sets WORKERS", "api.extraEnv[0].name=WORKERS")]
    [InlineData("worker.extraEnv sets SECRET_KEY_FILE", "worker.extraEnv[0].name=SECRET_KEY_FILE")]
    [InlineData("operator.extraEnv sets PLIMSOLL_TOKEN_FILE", "operator.extraEnv[0].name=PLIMSOLL_TOKEN_FILE")]
    [InlineData("give operator.serviceAccount.name", "operator.serviceAccount.create=false")]
    [InlineData("names the namespace shop twice", "operator.pullSecrets[0].namespace=shop", "operator.pullSecrets[0].names={a}", "operator.pullSecrets[1].namespace=shop", "operator.pullSecrets[1].names={b}")]
    [InlineData("shop, which is not in operator.watchNamespaces", "operator.watchNamespaces={checkout}", "operator.pullSecrets[0].namespace=shop", "operator.pullSecrets[0].names={a}")]
    [InlineData("nobody could change the image", "operator.enabled=false", "operator.admission.enabled=true")]
    [InlineData("breakGlassGroups is given", "operator.admission.breakGlassGroups={a}")]
    [InlineData("is killed before it is told to end", "api.preStopSeconds=40")]
    [InlineData("set monitoring.serviceMonitor.enabled too", "monitoring.prometheusRule.enabled=true")]
    [InlineData("keeps Prometheus from the API", "monitoring.serviceMonitor.enabled=true", "networkPolicy.enabled=true", "networkPolicy.apiFrom[0].ipBlock.cidr=10.0.0.0/8")]
    [InlineData("scrapeTimeout is above its interval", "monitoring.serviceMonitor.enabled=true", "monitoring.serviceMonitor.scrapeTimeout=1m")]
    [InlineData("monitoring.dashboard.labels sets helm.sh/chart", @"monitoring.dashboard.labels.helm\.sh/chart=x")]
    [InlineData("alertLabels sets severity", "monitoring.prometheusRule.alertLabels.severity=page")]
    public async Task Values_that_contradict_each_other_are_told_apart(string says, params string[] values)
    {
        var error = await Helm.Newest.Refuses([.. values.SelectMany(value => new[] { "--set", value })]);
        Assert.Contains("the values contradict each other:\n- ", error, StringComparison.Ordinal);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("operator.watchNamespaces={Team}"), InlineData("operator.watchNamespaces={a,a}"), InlineData("operator.admission.breakGlassGroups={it's}"), InlineData("operator.pullSecrets[0].namespace=shop")]
    public async Task What_would_name_nothing_is_refused(string value) => Assert.Contains(value.Split('=')[0].Split('[')[0].Split('.')[^1], await Helm.Newest.Refuses("--set", value));

    [Fact]
    public async Task An_alert_that_there_is_none_of_cannot_be_left_out() => Assert.Contains("disabled", await Helm.Newest.Refuses("--set", "monitoring.prometheusRule.disabled={PlimsollQueueStucks}"));

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var error = await Helm.Newest.Refuses("--set", "postgres.mode=external", "--set", "redis.mode=external", "--set", "worker.enabled=false");
        Assert.Equal(3, error.Split("\n- ").Length - 1);
    }
}
