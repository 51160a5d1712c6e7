using System.Net.Http.Json;
using Plimsoll.Client.Http;

namespace Plimsoll.Client.Tokens;

/// <summary><c>/v1/tokens</c>.</summary>
public sealed class TokensClient
{
    const string Path = "v1/tokens";

    readonly Transport _transport;

    internal TokensClient(Transport transport) => _transport = transport;

    public IAsyncEnumerable<TokenBody> All(CancellationToken ct) => _transport.All(Path, WireJson.Wire.PageTokenBody, ct);

    public Task<MadeTokenBody> Create(NewTokenBody token, CancellationToken ct) =>
        _transport.Ask(new ApiRequest(HttpMethod.Post, Path, () => JsonContent.Create(token, WireJson.Wire.NewTokenBody)), WireJson.Wire.MadeTokenBody, ct);

    public Task Delete(Guid id, CancellationToken ct) => _transport.Send(new ApiRequest(HttpMethod.Delete, $"{Path}/{id}"), ct);
}
