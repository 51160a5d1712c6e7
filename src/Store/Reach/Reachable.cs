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
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return AddressKinds.Of(plain) switch
        {
            AddressKind.Public => true,
            AddressKind.Loopback when Loopback => true,
            AddressKind.Loopback or AddressKind.Private => Hosts.Contains(host, StringComparer.OrdinalIgnoreCase) || Networks.Any(network => network.Contains(plain)),
            AddressKind.Metadata => Networks.Any(network => network.PrefixLength == plain.GetAddressBytes().Length * 8 && network.Contains(plain)),
            _ => false,
        };
    }
}
