using System.Net;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Reports;

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
        ConnectCallback = options.MayReach is { } mayReach ? (context, ct) => Connect(context.DnsEndPoint, options, mayReach, ct) : null,
    };

    static async ValueTask<Stream> Connect(DnsEndPoint target, RegistryOptions options, Func<string, IPAddress, bool> mayReach, CancellationToken ct) =>
        await JudgedConnection.Open(target, mayReach, options.LookUp, ct)
        ?? throw new UnreadableImageException($"the address of {target.Host} is not allowed", options.RefusalRemedy) { Kind = FailureKind.NotAllowed };
}
