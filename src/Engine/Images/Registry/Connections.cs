using System.Net;
using System.Net.Sockets;
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

    // To the very address that was judged: whoever owns a name could have the next look-up answer another.
    static async ValueTask<Stream> Connect(DnsEndPoint target, RegistryOptions options, Func<string, IPAddress, bool> mayReach, CancellationToken ct)
    {
        // The resolver takes no unspecified address, which is this machine to a socket.
        var addresses = (IPAddress.TryParse(target.Host, out var literal) ? [literal] : await options.LookUp(target.Host, ct)).Select(Plain);
        var allowed = addresses.Where(address => mayReach(target.Host, address)).ToList();
        SocketException? last = null;
        foreach (var address in allowed)
            try
            {
                return await Connect(new IPEndPoint(address, target.Port), ct);
            }
            catch (SocketException e)
            {
                last = e;
            }
        throw last as Exception ?? new UnreadableImageException($"the address of {target.Host} is not allowed", options.RefusalRemedy) { Kind = FailureKind.NotAllowed };
    }

    static async Task<Stream> Connect(IPEndPoint target, CancellationToken ct)
    {
        var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // ::ffff:10.0.0.1 is 10.0.0.1 in disguise, and a judge of IPv4 addresses must recognise it.
    static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
