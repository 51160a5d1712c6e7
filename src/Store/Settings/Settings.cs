using System.Net;
using Microsoft.Extensions.Logging;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Store.Reach;

namespace Plimsoll.Store.Settings;

/// <summary>How one process of the service runs. Read once at the start by <see cref="SettingsReader"/>.</summary>
/// <param name="Redis">StackExchange.Redis configuration; null for a process that works alone.</param>
/// <param name="SecretKey">At least 32 bytes; null only while the service listens on loopback alone.</param>
/// <param name="Workers">Inspections at once in this process; 0 for an API that leaves them to workers.</param>
/// <param name="Timeout">Of one request. Inspections have their own.</param>
/// <param name="Lease">How long a worker may be silent before its inspection is taken again.</param>
/// <param name="MaxConnections">Of the server, and of the database pool.</param>
/// <param name="DataDirectory">For the SQLite database and the file blob store.</param>
/// <param name="RegistryAuthFile">A dockerconfigjson; null for none.</param>
/// <param name="AllowedNetworks">Private networks that a registry may be in.</param>
/// <param name="Retention">How long ended inspections and the log of webhooks are kept.</param>
/// <param name="WebhookTimeout">Of one attempt to deliver.</param>
/// <param name="WebhookReach">Where webhooks may be.</param>
/// <param name="Limits">How much callers may send.</param>
/// <param name="Advisories">Where advisories come from.</param>
/// <param name="AllowedHosts">Registry hosts that may be in a private network.</param>
internal sealed record Settings(
    DatabaseAddress Database,
    string? Redis,
    byte[]? SecretKey,
    LogLevel LogLevel,
    int Workers,
    TimeSpan Timeout,
    TimeSpan Lease,
    int MaxConnections,
    string DataDirectory,
    BlobAddress Blobs,
    string? AdminToken,
    string? OperatorToken,
    string? RegistryAuthFile,
    IReadOnlyList<string> PlainHttp,
    IReadOnlyList<string> AllowedHosts,
    IReadOnlyList<IPNetwork> AllowedNetworks,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Mirrors,
    TimeSpan Retention,
    TimeSpan WebhookTimeout,
    Reachable WebhookReach,
    RequestLimits Limits,
    AdvisorySettings Advisories);

/// <summary>How much callers may send.</summary>
/// <param name="Requests">Of one token, or of one address without one; null: as many as they like.</param>
/// <param name="TrustedProxies">Whose word for a caller's address counts.</param>
/// <param name="BlobQuota">Bytes of uploads that may wait at once; null: as many as the store takes.</param>
/// <param name="UploadBytes">Of one upload.</param>
/// <param name="Uploads">At once in this process.</param>
internal sealed record RequestLimits(Requests.Rate? Requests, IReadOnlyList<IPNetwork> TrustedProxies, long? BlobQuota, long UploadBytes, int Uploads);

/// <summary>Where advisories come from.</summary>
/// <param name="Source">A server laid out as OSV's export; null: they are brought in by hand.</param>
/// <param name="Token">What it asks for; null for nothing.</param>
/// <param name="Ecosystems">Those to bring; empty: those that the packages of the images are of.</param>
/// <param name="Feeds">Where the lists of what is exploited are; they are brought beside the source.</param>
internal sealed record AdvisorySettings(Uri? Source, string? Token, IReadOnlyList<string> Ecosystems, IReadOnlyList<(SourceKind Kind, Uri Url)> Feeds);

/// <summary>Where the state is kept.</summary>
/// <param name="Connection">An ADO.NET connection string.</param>
internal sealed record DatabaseAddress(bool IsPostgres, string Connection);

/// <summary>Where uploads lie until they are inspected.</summary>
/// <param name="Place">The folder of a file store; empty for the others.</param>
/// <param name="S3">Of a bucket; null for the others.</param>
internal sealed record BlobAddress(BlobKind Kind, string Place, S3Address? S3 = null);

internal enum BlobKind
{
    File,
    Postgres,
    S3,
}
