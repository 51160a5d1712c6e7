using System.Net;
using Plimsoll.Store.Reach;

namespace Plimsoll.Service.Tests;

public sealed class ReachableTests
{
    static readonly Reachable Nowhere = new(false, [], []);

    static Reachable To(params string[] networks) => new(false, [], [.. networks.Select(IPNetwork.Parse)]);

    [Theory]
    [InlineData("127.0.0.1"), InlineData("127.255.255.254"), InlineData("::1"), InlineData("::ffff:127.0.0.1")]
    [InlineData("10.0.0.1"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.1.1"), InlineData("100.64.0.1"), InlineData("198.18.0.1"), InlineData("::ffff:10.0.0.1")]
    [InlineData("fc00::1"), InlineData("fd12:3456::1"), InlineData("fec0::1")]
    [InlineData("169.254.169.254"), InlineData("169.254.170.2"), InlineData("fe80::1"), InlineData("fd00:ec2::254"), InlineData("fd00:ec2::23"), InlineData("fd20:ce::254"), InlineData("fd00:42::42"), InlineData("fd00:c1::a9fe:a9fe"), InlineData("fe80::a9fe:a9fe"), InlineData("100.100.100.200"), InlineData("168.63.129.16"), InlineData("192.0.0.192"), InlineData("::ffff:169.254.169.254")]
    [InlineData("0.0.0.0"), InlineData("0.1.2.3"), InlineData("::"), InlineData("224.0.0.1"), InlineData("255.255.255.255"), InlineData("240.0.0.1"), InlineData("ff02::1"), InlineData("192.0.2.1"), InlineData("203.0.113.9")]
    // IPv4 addresses in the clothes of NAT64, 6to4, Teredo and the compatible form of old.
    [InlineData("64:ff9b::a9fe:a9fe"), InlineData("64:ff9b::10.0.0.1"), InlineData("::ffff:0:10.0.0.1"), InlineData("2002:808:808::1"), InlineData("100::1"), InlineData("3fff::1"), InlineData("64:ff9b:1::1"), InlineData("2002:7f00:1::1"), InlineData("2001:0:4136:e378::1"), InlineData("::7f00:1"), InlineData("2001:db8::1"), InlineData("5f00::1")]
    public void What_is_not_public_is_not_reached(string address) => Assert.False(Nowhere.Allows("receiver.example", IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1"), InlineData("172.15.255.255"), InlineData("172.32.0.1"), InlineData("192.167.255.255"), InlineData("100.63.255.255"), InlineData("100.128.0.1"), InlineData("169.253.0.1"), InlineData("223.255.255.255"), InlineData("::ffff:8.8.8.8")]
    [InlineData("2606:4700::1111"), InlineData("2a00:1450:4001::1"), InlineData("2001:4860:4860::8888"), InlineData("64:ff9b::8.8.8.8")]
    public void What_is_public_is_reached(string address) => Assert.True(Nowhere.Allows("receiver.example", IPAddress.Parse(address)));

    [Fact]
    public void A_network_that_is_named_is_reached_and_its_neighbour_is_not()
    {
        Assert.True(To("10.1.0.0/16").Allows("x", IPAddress.Parse("10.1.2.3")));
        Assert.True(To("10.1.0.0/16").Allows("x", IPAddress.Parse("::ffff:10.1.2.3")));
        Assert.False(To("10.1.0.0/16").Allows("x", IPAddress.Parse("10.2.0.1")));
        Assert.True(To("fd00::/8").Allows("x", IPAddress.Parse("fd12::1")));
    }

    [Theory]
    [InlineData("0.0.0.0/0", "10.1.2.3", true), InlineData("0.0.0.0/0", "169.254.169.254", false), InlineData("0.0.0.0/0", "0.0.0.0", false), InlineData("100.64.0.0/10", "100.100.100.200", false)]
    [InlineData("10.0.0.0/8", "64:ff9b::10.1.2.3", true), InlineData("fd00::/8", "fd00:ec2::254", false), InlineData("::/0", "fe80::1", false), InlineData("169.254.20.10/32", "169.254.20.10", true)]
    public void A_wide_network_opens_no_metadata_by_the_way(string network, string address, bool reached) => Assert.Equal(reached, To(network).Allows("x", IPAddress.Parse(address)));

    [Fact]
    public void A_name_with_a_full_stop_at_its_end_is_the_same_name()
    {
        Assert.True(new Reachable(false, ["registry.internal"], []).Allows("registry.internal.", IPAddress.Parse("10.0.0.1")));
        Assert.False(new Reachable(false, ["registry.internal"], []).Allows("x.registry.internal", IPAddress.Parse("10.0.0.1")));
    }

    [Fact]
    public void A_host_that_is_named_may_be_private_but_never_the_metadata_of_a_cloud()
    {
        var reach = new Reachable(false, ["Receiver.Internal"], []);
        Assert.True(reach.Allows("receiver.internal", IPAddress.Parse("10.0.0.1")));
        Assert.False(reach.Allows("other.internal", IPAddress.Parse("10.0.0.1")));
        Assert.False(reach.Allows("receiver.internal", IPAddress.Parse("169.254.169.254")));
    }

    [Theory, InlineData("0.0.0.0/0", false), InlineData("169.254.0.0/16", false), InlineData("169.254.169.254/32", true)]
    public void The_metadata_of_a_cloud_is_reached_by_its_very_address_alone(string network, bool reached) =>
        Assert.Equal(reached, To(network).Allows("x", IPAddress.Parse("169.254.169.254")));

    [Fact]
    public void On_loopback_this_machine_is_reached_and_no_other()
    {
        var reach = new Reachable(true, [], []);
        Assert.True(reach.Allows("localhost", IPAddress.IPv6Loopback) && reach.Allows("x", IPAddress.Parse("127.0.0.1")));
        Assert.False(reach.Allows("x", IPAddress.Parse("10.0.0.1")) || reach.Allows("x", IPAddress.Parse("0.0.0.0")));
    }
}
