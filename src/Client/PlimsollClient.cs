using Plimsoll.Client.Advisories;
using Plimsoll.Client.Http;
using Plimsoll.Client.Images;
using Plimsoll.Client.Inspections;
using Plimsoll.Client.Jobs;
using Plimsoll.Client.Policies;
using Plimsoll.Client.Tokens;
using Plimsoll.Client.Verdicts;
using Plimsoll.Client.Vex;
using Plimsoll.Client.Webhooks;

namespace Plimsoll.Client;

/// <summary>
/// A service that inspects images, spoken to over HTTP. Faults that pass are tried again, and the service's <c>Retry-After</c> is kept; whatever else
/// goes wrong is a <see cref="PlimsollException"/>. Safe for use by several threads.
/// </summary>
public sealed class PlimsollClient : IDisposable
{
    readonly Transport _transport;

    public PlimsollClient(PlimsollClientOptions options)
    {
        _transport = new Transport(options);
        Inspections = new InspectionsClient(_transport, options);
        Images = new ImagesClient(_transport);
        Verdicts = new VerdictsClient(_transport);
        Policies = new PoliciesClient(_transport);
        Tokens = new TokensClient(_transport);
        Webhooks = new WebhooksClient(_transport);
        Jobs = new JobsClient(_transport);
        Advisories = new AdvisoriesClient(_transport);
        Vulnerabilities = new VulnerabilitiesClient(_transport);
        Vex = new VexClient(_transport);
    }

    public InspectionsClient Inspections { get; }

    public ImagesClient Images { get; }

    public VerdictsClient Verdicts { get; }

    public PoliciesClient Policies { get; }

    public TokensClient Tokens { get; }

    public WebhooksClient Webhooks { get; }

    public JobsClient Jobs { get; }

    public AdvisoriesClient Advisories { get; }

    public VulnerabilitiesClient Vulnerabilities { get; }

    public VexClient Vex { get; }

    /// <summary>The version of the service, which it tells everybody.</summary>
    public Task<VersionBody> Version(CancellationToken ct) => _transport.Get("version", WireJson.Wire.VersionBody, ct);

    public void Dispose() => _transport.Dispose();
}

/// <param name="Revision">Of the rules that inspections follow.</param>
public sealed record VersionBody(string Version, int Revision);
