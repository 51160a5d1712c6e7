namespace Plimsoll.Store.Settings;

/// <summary>The variables that configure the service: the table of <c>docs/operations.md</c>, and what an error says that a variable takes.</summary>
internal static class Variables
{
    public const string DatabaseUrl = "DATABASE_URL";
    public const string RedisUrl = "REDIS_URL";
    public const string SecretKey = "SECRET_KEY";
    public const string LogLevel = "LOG_LEVEL";
    public const string Workers = "WORKERS";
    public const string Timeout = "TIMEOUT";
    public const string Lease = "LEASE_SECONDS";
    public const string MaxConnections = "MAX_CONNECTIONS";
    public const string DataDir = "DATA_DIR";
    public const string BlobStore = "BLOB_STORE";
    public const string AdminToken = "ADMIN_TOKEN";
    public const string OperatorToken = "OPERATOR_TOKEN";
    public const string RegistryAuthFile = "REGISTRY_AUTH_FILE";
    public const string RegistryPlainHttp = "REGISTRY_PLAIN_HTTP";
    public const string RegistryAllowPrivate = "REGISTRY_ALLOW_PRIVATE";
    public const string RegistryMirrors = "REGISTRY_MIRRORS";

    public const string WebhookAllowPrivate = "WEBHOOK_ALLOW_PRIVATE";
    public const string WebhookTimeout = "WEBHOOK_TIMEOUT";
    public const string RateLimit = "RATE_LIMIT";
    public const string TrustedProxies = "TRUSTED_PROXIES";
    public const string BlobQuota = "BLOB_QUOTA";
    public const string UploadLimit = "UPLOAD_LIMIT";
    public const string Uploads = "CONCURRENT_UPLOADS";
    public const string AdvisorySource = "ADVISORY_SOURCE";
    public const string AdvisoryToken = "ADVISORY_TOKEN";
    public const string AdvisoryEcosystems = "ADVISORY_ECOSYSTEMS";
    public const string AdvisoryKev = "ADVISORY_KEV";
    public const string AdvisoryEpss = "ADVISORY_EPSS";
    public const string RetentionDays = "RETENTION_DAYS";

    public static IReadOnlyList<Variable> All { get; } =
    [
        new(DatabaseUrl, "postgres://user:password@host/database or sqlite:///path", "SQLite in the data directory", Secret: true),
        new(RedisUrl, "redis://host:6379 or rediss://host:6380", "none: this process works alone", Secret: true),
        new(SecretKey, "at least 32 bytes of text; signs sessions, webhooks and token hashes", "needed unless the service listens on loopback alone", Secret: true),
        new(LogLevel, "DEBUG, INFO, WARNING, ERROR, or a level of .NET", "INFO"),
        new(Workers, "how many inspections run at once in a process, 1 to 64; 0 for an API that leaves them to workers", "the number of processors, at most 4"),
        new(Timeout, "seconds that one request may take, 1 to 3600", "30"),
        new(Lease, "seconds that a worker may be silent before its inspection is taken again, 2 to 600", "30"),
        new(MaxConnections, "connections of the server and of the database pool, 5 to 100000", "100"),
        new(DataDir, "a folder that the service may write to", "plimsoll in the user's data folder"),
        new(BlobStore, "file:, file:/path, postgres: or s3://bucket/prefix", "postgres: with PostgreSQL, else file: in the data directory"),
        new(AdminToken, "a token with every right, at least 24 characters", "none", Secret: true),
        new(OperatorToken, "a token that may read and submit, at least 24 characters", "none", Secret: true),
        new(RegistryAuthFile, "a file in the form of ~/.docker/config.json", "no registry needs a login"),
        new(RegistryPlainHttp, "host names, with a comma between, that speak HTTP without TLS", "none but loopback"),
        new(RegistryAllowPrivate, "host names or networks such as 10.0.0.0/8, with a comma between, that references may reach", "none: only public addresses"),
        new(RegistryMirrors, "registry=mirror pairs, with a comma between", "none"),
        new(WebhookAllowPrivate, "host names or networks such as 10.0.0.0/8, with a comma between, that webhooks may reach", "only public addresses; this machine too while the service listens on loopback alone"),
        new(WebhookTimeout, "seconds that one attempt to deliver to a webhook may take, 1 to 60", "15"),
        new(RateLimit, "requests a second and the most at once of one token, or of one address without one, such as 50:500, or off", "50:500; off on loopback without a SECRET_KEY"),
        new(TrustedProxies, "networks such as 10.0.0.0/8, with a comma between, whose X-Forwarded-For counts", "none: the address of a connection is its caller's"),
        new(UploadLimit, "bytes of one upload, such as 20Gi", "64Gi"),
        new(Uploads, "uploads that a process takes at once, 1 to 10000", "16"),
        new(BlobQuota, "bytes of uploads that may wait for inspection at once, such as 200Gi", "what the store takes"),
        new(AdvisorySource, "osv for OSV's public export, or the address of a server that is laid out as it is", "off: advisories are brought in by hand"),
        new(AdvisoryToken, "the token that ADVISORY_SOURCE asks for, where that is another Plimsoll", "none", Secret: true),
        new(AdvisoryEcosystems, "ecosystems such as Debian,PyPI, with a comma between, whose advisories to bring", "those of the packages that the images have"),
        new(AdvisoryKev, "the address of CISA's catalogue of what is known to be exploited, or off", "CISA's own with ADVISORY_SOURCE=osv, else off"),
        new(AdvisoryEpss, "the address of FIRST's scores of how likely exploitation is, or off", "FIRST's own with ADVISORY_SOURCE=osv, else off"),
        new(RetentionDays, "days that ended inspections and the log of webhooks are kept, 1 to 3650; images and their reports stay", "90"),
    ];
}

/// <param name="Takes">What a right value is.</param>
/// <param name="Unset">What happens when there is none.</param>
/// <param name="Secret">The value is never shown.</param>
internal sealed record Variable(string Name, string Takes, string Unset, bool Secret = false);
