using Plimsoll.Client.Http;
using Plimsoll.Engine.Gates;

namespace Plimsoll.Client.Policies;

/// <summary><c>/v1/policies</c>.</summary>
public sealed class PoliciesClient
{
    const string Path = "v1/policies";

    readonly Transport _transport;

    internal PoliciesClient(Transport transport) => _transport = transport;

    public IAsyncEnumerable<PolicyBody> All(CancellationToken ct) => _transport.All(Path, WireJson.Wire.PagePolicyBody, ct);

    public Task<PolicyBody> Get(string name, CancellationToken ct) => _transport.Get(Of(name), WireJson.Wire.PolicyBody, ct);

    /// <summary>Makes a policy, or a new revision of it where the text is another.</summary>
    /// <param name="text">YAML or JSON.</param>
    public Task<PolicyBody> Put(string name, string text, CancellationToken ct) =>
        _transport.Ask(new ApiRequest(HttpMethod.Put, Of(name), () => new StringContent(text, null, "application/yaml")), WireJson.Wire.PolicyBody, ct);

    public Task Delete(string name, CancellationToken ct) => _transport.Send(new ApiRequest(HttpMethod.Delete, Of(name)), ct);

    /// <summary>What the policy says of one image.</summary>
    public Task<Verdict> Check(string name, string digest, CancellationToken ct) =>
        _transport.Ask(new ApiRequest(HttpMethod.Post, ApiRequest.Query($"{Of(name)}/check", ("image", digest))), WireJson.Wire.Verdict, ct);

    static string Of(string name) => $"{Path}/{Uri.EscapeDataString(name)}";
}
