using System.Net;

namespace Plimsoll.Store.Reach;

/// <summary>What lies behind an address, as far as whoever is sent there could do harm.</summary>
internal enum AddressKind
{
    Public,

    /// <summary>This machine.</summary>
    Loopback,

    /// <summary>A network that is not the Internet: RFC 1918 and its kin.</summary>
    Private,

    /// <summary>The services that a cloud offers its machines, with their credentials; and all that is link-local.</summary>
    Metadata,

    /// <summary>Nothing that one connects to: unspecified, multicast, reserved, or an IPv4 address hidden in an IPv6 one.</summary>
    None,
}

/// <summary>Tells the kinds apart, by the special-purpose address registries of IANA (RFC 6890).</summary>
internal static class AddressKinds
{
    static readonly (IPNetwork Network, AddressKind Kind)[] Table =
    [
        // Inside larger blocks: these come first.
        Block("168.63.129.16/32", AddressKind.Metadata), Block("100.100.100.200/32", AddressKind.Metadata), Block("192.0.0.192/32", AddressKind.Metadata),
        Block("fd00:ec2::/32", AddressKind.Metadata), Block("fd20:ce::254/128", AddressKind.Metadata), Block("fd00:42::42/128", AddressKind.Metadata),
        Block("fd00:c1::a9fe:a9fe/128", AddressKind.Metadata), Block("fd00:a9fe:a9fe::1/128", AddressKind.Metadata), Block("fd00:100::100:200/128", AddressKind.Metadata),
        Block("169.254.0.0/16", AddressKind.Metadata), Block("fe80::/10", AddressKind.Metadata),
        Block("127.0.0.0/8", AddressKind.Loopback), Block("::1/128", AddressKind.Loopback),
        Block("10.0.0.0/8", AddressKind.Private), Block("172.16.0.0/12", AddressKind.Private), Block("192.168.0.0/16", AddressKind.Private),
        Block("100.64.0.0/10", AddressKind.Private), Block("198.18.0.0/15", AddressKind.Private), Block("fc00::/7", AddressKind.Private), Block("fec0::/10", AddressKind.Private),
        Block("0.0.0.0/8", AddressKind.None), Block("192.0.0.0/24", AddressKind.None), Block("192.0.2.0/24", AddressKind.None), Block("192.88.99.0/24", AddressKind.None),
        Block("198.51.100.0/24", AddressKind.None), Block("203.0.113.0/24", AddressKind.None), Block("224.0.0.0/3", AddressKind.None),
        // Teredo, 6to4 and documentation; of the rest of IPv6, only 2000::/3 is anywhere.
        Block("2001::/23", AddressKind.None), Block("2001:db8::/32", AddressKind.None), Block("2002::/16", AddressKind.None), Block("3fff::/20", AddressKind.None),
        Block("2000::/3", AddressKind.Public), Block("::/0", AddressKind.None),
    ];

    static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>
    /// The address that is reached in the end: an IPv4 address that is written as an IPv6 one (RFC 4291, 2.5.5.2), or that a gateway translates to,
    /// as networks without IPv4 do for the whole Internet (RFC 6052, 2.1).
    /// </summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : Nat64.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(12)) : address;

    public static AddressKind Of(IPAddress address)
    {
        var plain = Plain(address);
        foreach (var (network, kind) in Table)
            if (network.Contains(plain))
                return kind;
        return AddressKind.Public;
    }

    static (IPNetwork Network, AddressKind Kind) Block(string network, AddressKind kind) => (IPNetwork.Parse(network), kind);
}
