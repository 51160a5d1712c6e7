using Plimsoll.Engine.Images.Registry;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>Requests that write one repository. What keeps them from an answer keeps an image from being written.</summary>
internal sealed class PushClient(RegistryClient client, RegistryEndpoint endpoint)
{
    public RegistryEndpoint Endpoint => endpoint;

    public int Attempts => client.Options.Attempts;

    public Task<PushAnswer> Ask(RegistryRequest request, CancellationToken ct) => Again(token => AskOnce(request, token), ct);

    /// <summary>The same, but what may pass is for the caller to wait for.</summary>
    public Task<PushAnswer> AskOnce(RegistryRequest request, CancellationToken ct) =>
        client.AskOnce(endpoint, request, (response, token) => PushAnswer.Read(response, endpoint, client, token), ct);

    /// <summary>Does <paramref name="work"/>, and again when it ends with a fault that may pass.</summary>
    public Task<T> Again<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct) => UnwritableImageException.InRegistry(() => client.Again(work, ct));
}
