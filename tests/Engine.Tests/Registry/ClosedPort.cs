using System.Net;
using System.Net.Sockets;

namespace Plimsoll.Engine.Tests.Registry;

/// <summary>A port that nobody listens on and, while this lives, nobody can.</summary>
internal sealed class ClosedPort : IDisposable
{
    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public string Host => _socket.LocalEndPoint!.ToString()!;

    public void Dispose() => _socket.Dispose();
}
