using System.Net;
using System.Net.Sockets;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>A TCP connection to a host whose name somebody else chose: each address is judged before it is connected to.</summary>
public static class JudgedConnection
{
    /// <summary>Connects to the first address that is allowed and answers; null when none is allowed.</summary>
    /// <param name="mayReach">Asked with the host's name and each address that the name stands for now; IPv4 addresses come as such, never mapped into IPv6.</param>
    /// <exception cref="SocketException">The name stands for nothing, or no allowed address answers.</exception>
    public static ValueTask<Stream?> Open(DnsEndPoint target, Func<string, IPAddress, bool> mayReach, CancellationToken ct) =>
        Open(target, mayReach, Dns.GetHostAddressesAsync, ct);

    /// <param name="lookUp">The addresses of a name.</param>
    internal static async ValueTask<Stream?> Open(
        DnsEndPoint target, Func<string, IPAddress, bool> mayReach, Func<string, CancellationToken, Task<IPAddress[]>> lookUp, CancellationToken ct)
    {
        // A resolver takes no unspecified address, which is this machine to a socket.
        var addresses = (IPAddress.TryParse(target.Host, out var literal) ? [literal] : await lookUp(target.Host, ct)).Select(Plain);
        SocketException? last = null;
        // To the very address that was judged: whoever owns a name could have the next look-up answer another.
        foreach (var address in addresses.Where(address => mayReach(target.Host, address)).ToList())
            try
            {
                return await Connect(new IPEndPoint(address, target.Port), ct);
            }
            catch (SocketException e)
            {
                last = e;
            }
        return last is null ? null : throw last;
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
