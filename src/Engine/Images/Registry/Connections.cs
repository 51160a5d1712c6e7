using System.Net;
using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>Connections that go no further than <see cref="RegistryOptions.MayReach"/> lets them.</summary>
internal static class Connections
{
    public static SocketsHttpHandler Of(RegistryOptions options) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(20),
        // A proxy looks names up itself, so that nobody could say which address is reached.
        UseProxy = options.MayReach is null,
        ConnectCallback = options.MayReach is { } mayReach ? (context, ct) => Connect(context.DnsEndPoint, mayReach, ct) : null,
    };

    static async ValueTask<Stream> Connect(DnsEndPoint target, Func<string, IPAddress, bool> mayReach, CancellationToken ct) =>
        await JudgedConnection.Open(target, mayReach, ct)
        ?? throw new UnreadableImageException($"the address of {target.Host} is not allowed", "name a registry that may be reached from here");
}
