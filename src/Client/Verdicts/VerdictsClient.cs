using System.Net.Http.Json;
using Plimsoll.Client.Http;

namespace Plimsoll.Client.Verdicts;

/// <summary><c>/v1/verdicts</c>.</summary>
public sealed class VerdictsClient
{
    const string Path = "v1/verdicts";

    readonly Transport _transport;

    internal VerdictsClient(Transport transport) => _transport = transport;

    /// <param name="image">A digest, a reference that was inspected, or the id of an inspection.</param>
    /// <param name="policy">The name of a policy that the service has.</param>
    /// <param name="platforms">Empty: all that the image has.</param>
    public Task<VerdictBody> Get(string image, string policy, IReadOnlyList<string> platforms, CancellationToken ct) => _transport.Get(
        ApiRequest.Query(Path, ("image", image), ("policy", policy), ("platforms", platforms.Count == 0 ? null : string.Join(',', platforms))), WireJson.Wire.VerdictBody, ct);

    /// <summary>By a policy that is sent along.</summary>
    public Task<VerdictBody> Judge(VerdictRequestBody request, CancellationToken ct) =>
        _transport.Ask(new ApiRequest(HttpMethod.Post, Path, () => JsonContent.Create(request, WireJson.Wire.VerdictRequestBody)), WireJson.Wire.VerdictBody, ct);
}
