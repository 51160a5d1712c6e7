using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Store.Settings;

namespace Plimsoll.Chart.Tests;

/// <summary>What the chart says to the programs, read by the programs' own reader.</summary>
public sealed class EnvironmentTests
{
    /// <summary>What is not the service's own: the web server's and OpenTelemetry's.</summary>
    static readonly string[] OfOthers = ["ASPNETCORE_URLS", "OTEL_EXPORTER_OTLP_ENDPOINT"];

    static readonly string[] Programs = ["api", "worker"];

    static string Elsewhere(string name, string key) => (name, key) switch
    {
        ("plimsoll-database", _) => "postgres://shop:pass@db.example/plimsoll",
        ("plimsoll-redis", _) => "rediss://cache.example:6380",
        _ => new string('e', 48),
    };

    static async Task<IReadOnlyDictionary<string, string>> Of(string component, params string[] arguments) => ContainerEnvironment.Of(await Helm.Render(arguments), component, null, Elsewhere);

    static Settings Read(IReadOnlyDictionary<string, string> environment) => new SettingsReader(name => name == Variables.RegistryAuthFile ? null : environment.GetValueOrDefault(name)).Read(loopback: false);

    [Theory, MemberData(nameof(Cases.Data), MemberType = typeof(Cases))]
    public async Task The_programs_take_every_value_that_they_are_given(string name)
    {
        var chart = await Helm.Render(Helm.Case(name));
        foreach (var component in Programs.Where(one => chart.Find("Deployment", $"{(name == "extended" ? "tools-inspector" : "plimsoll")}-{one}") is not null))
        {
            var settings = Read(ContainerEnvironment.Of(chart, component, null, Elsewhere));
            Assert.True(settings.Database.IsPostgres);
            Assert.NotNull(settings.Redis);
            Assert.NotNull(settings.SecretKey);
            Assert.Equal(component == "api", settings.AdminToken is not null);
            Assert.Equal(component == "api", settings.OperatorToken is not null);
            Assert.True(component == "api" || settings.Workers > 0);
        }
    }

    [Theory, MemberData(nameof(Cases.Data), MemberType = typeof(Cases))]
    public async Task Each_variable_is_one_that_the_programs_have(string name)
    {
        // AWS_* are variables that the case adds.
        var chart = await Helm.Render(Helm.Case(name));
        Assert.All(ContainerEnvironment.Of(chart, "api", null, Elsewhere).Keys.Where(one => !one.StartsWith("AWS_", StringComparison.Ordinal)),
            one => Assert.Contains(one, Variables.All.Select(variable => variable.Name).Concat(OfOthers)));
    }

    [Fact]
    public async Task Each_variable_of_the_programs_can_be_set()
    {
        var api = await Of("api",
            "--set", "config.blobStore=s3://bucket/x", "--set", "config.blobQuota=200Gi", "--set", "config.trustedProxies={10.0.0.0/8,192.168.0.0/16}",
            "--set", "config.registries.plainHttp={one.example}", "--set", "config.registries.allowPrivate={two.example,10.0.0.0/8}", "--set", "config.registries.mirrors={docker.io=mirror.example}",
            "--set", "config.webhooks.allowPrivate={hooks.example}", "--set", "advisories.ecosystems={Debian,PyPI}", "--set", "advisories.kev=https://mirror.example/kev.json", "--set", "advisories.epss=off", "--set", "credentials.advisories.existingSecret=upstream", "--set", "credentials.registries.existingSecret=pull", "--set", "config.otlpEndpoint=http://collector:4317");
        Assert.All(Variables.All.Select(variable => variable.Name).Concat(OfOthers), name => Assert.Contains(name, api.Keys));
        Assert.Equal(("10.0.0.0/8,192.168.0.0/16", "two.example,10.0.0.0/8", "/etc/plimsoll/registries/config.json"), (api["TRUSTED_PROXIES"], api["REGISTRY_ALLOW_PRIVATE"], api["REGISTRY_AUTH_FILE"]));
        Assert.Equal(["Debian", "PyPI"], Read(api).Advisories.Ecosystems);
        Assert.Equal(2, Read(api).Limits.TrustedProxies.Count);
    }

    [Theory]
    [InlineData("config.logLevel=DEBUG", "LOG_LEVEL", "DEBUG"), InlineData("config.timeout=90", "TIMEOUT", "90"), InlineData("config.maxConnections=20", "MAX_CONNECTIONS", "20")]
    [InlineData("config.leaseSeconds=60", "LEASE_SECONDS", "60"), InlineData("config.uploadLimit=5Gi", "UPLOAD_LIMIT", "5Gi"), InlineData("config.concurrentUploads=3", "CONCURRENT_UPLOADS", "3")]
    [InlineData("config.rateLimit=off", "RATE_LIMIT", "off"), InlineData("config.retentionDays=7", "RETENTION_DAYS", "7"), InlineData("config.webhooks.timeout=5", "WEBHOOK_TIMEOUT", "5")]
    [InlineData("api.workers=3", "WORKERS", "3"), InlineData("advisories.source=https://mirror.example/osv", "ADVISORY_SOURCE", "https://mirror.example/osv")]
    public async Task A_value_arrives_as_it_was_given(string value, string variable, string expected) => Assert.Equal(expected, (await Of("api", "--set", value))[variable]);

    [Fact]
    public async Task Advisories_are_brought_from_OSV_unless_the_values_say_otherwise()
    {
        Assert.All(await Task.WhenAll(Of("api"), Of("worker")), environment => Assert.Equal("https", Read(environment).Advisories.Source?.Scheme));
        Assert.Null(Read(await Of("api", "--set", "advisories.source=off")).Advisories.Source);
    }

    [Fact]
    public async Task As_it_is_the_chart_says_what_the_programs_do_by_themselves()
    {
        var (chart, alone) = (Read(await Of("api")), new SettingsReader(name => name == Variables.SecretKey ? new string('k', 40) : null).Read(loopback: false));
        Assert.Equal((alone.LogLevel, alone.Timeout, alone.Lease, alone.MaxConnections, alone.Retention, alone.WebhookTimeout), (chart.LogLevel, chart.Timeout, chart.Lease, chart.MaxConnections, chart.Retention, chart.WebhookTimeout));
        Assert.Equal((alone.Limits.Requests, alone.Limits.UploadBytes, alone.Limits.Uploads, alone.Limits.BlobQuota), (chart.Limits.Requests, chart.Limits.UploadBytes, chart.Limits.Uploads, chart.Limits.BlobQuota));
        Assert.Equal((BlobKind.Postgres, "/data", 0), (chart.Blobs.Kind, chart.DataDirectory, chart.Workers));
    }

    [Theory, InlineData("api"), InlineData("worker")]
    public async Task They_listen_where_the_probes_and_the_services_look(string component)
    {
        Assert.Equal("http://+:8000", (await Of(component))["ASPNETCORE_URLS"]);
        Assert.Equal(8000, (int)Rendering.Containers((await Helm.Render()).PodOf(component), first: false).Single()["ports"]![0]!["containerPort"]!);
    }

    [Fact]
    public async Task The_internal_database_has_room_for_every_process_and_the_one_more_of_an_upgrade()
    {
        // 3 + 1 API pods and 1 + 1 workers, 170 connections each, and ten for people: 1030.
        var error = await Helm.Newest.Refuses("--set", "api.replicas=3", "--set", "config.maxConnections=170");
        Assert.Contains("6 processes may open config.maxConnections each: set postgres.maxConnections to 1030 or more", error, StringComparison.Ordinal);
        var chart = await Helm.Render("--set", "api.replicas=3", "--set", "config.maxConnections=170", "--set", "postgres.maxConnections=1030");
        Assert.Contains("max_connections=1030", Rendering.Containers(chart.PodOf("postgres")).Single()["args"]!.AsArray().Select(argument => (string?)argument));
    }

    [Fact]
    public async Task The_address_of_the_internal_database_is_that_of_its_service_and_its_password()
    {
        var chart = await Helm.Render();
        var (api, postgres) = (await Of("api"), ContainerEnvironment.Of(chart, "postgres"));
        Assert.Equal($"postgres://{postgres["POSTGRES_USER"]}:{postgres["POSTGRES_PASSWORD"]}@plimsoll-postgres.team.svc:5432/{postgres["POSTGRES_DB"]}", api["DATABASE_URL"]);
        Assert.Equal($"redis://:{ContainerEnvironment.Of(chart, "redis")["REDISCLI_AUTH"]}@plimsoll-redis.team.svc:6379/0", api["REDIS_URL"]);
        Assert.Equal(5432, (int)chart.Get("Service", "plimsoll-postgres")["spec"]!["ports"]![0]!["port"]!);
        Assert.Equal(6379, (int)chart.Get("Service", "plimsoll-redis")["spec"]!["ports"]![0]!["port"]!);
    }

    [Fact]
    public async Task The_container_that_migrates_is_given_the_same_database() =>
        Assert.Equal((await Of("worker"))["DATABASE_URL"], ContainerEnvironment.Of(await Helm.Render(), "worker", "migrate")["DATABASE_URL"]);
}
