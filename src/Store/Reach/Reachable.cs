using System.Net;

namespace Plimsoll.Store.Reach;

/// <summary>Which addresses beside the public ones the configuration allows.</summary>
/// <param name="Loopback">Whether this machine itself may be reached.</param>
/// <param name="Hosts">Names that may stand for a private or loopback address.</param>
/// <param name="Networks">Networks that may be reached. What is link-local or a cloud's metadata is allowed by its very address alone.</param>
internal sealed record Reachable(bool Loopback, IReadOnlyList<string> Hosts, IReadOnlyList<IPNetwork> Networks)
{
    public bool Allows(string host, IPAddress address)
    {
        var plain = AddressKinds.Plain(address);
        return AddressKinds.Of(plain) switch
        {
            AddressKind.Public => true,
            AddressKind.Loopback when Loopback => true,
            AddressKind.Loopback or AddressKind.Private => Hosts.Any(named => IsSame(named, host)) || Networks.Any(network => network.Contains(plain)),
            AddressKind.Metadata => Networks.Any(network => network.PrefixLength == plain.GetAddressBytes().Length * 8 && network.Contains(plain)),
            _ => false,
        };
    }

    // A name with a full stop at its end is the same name (RFC 1034, 3.1).
    static bool IsSame(string a, string b) => a.AsSpan().TrimEnd('.').Equals(b.AsSpan().TrimEnd('.'), StringComparison.OrdinalIgnoreCase);
}
