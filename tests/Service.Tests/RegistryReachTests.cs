using System.Net;
using System.Net.Http.Json;
using Plimsoll.Client;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Reach;

namespace Plimsoll.Service.Tests;

/// <summary>A reference is a way to make the service connect somewhere: it must not lead into the network that the service stands in.</summary>
public sealed class RegistryReachTests(PostgresServer postgres, RedisServer redis)
{
    static readonly Reachable Nothing = new(false, [], []);

    static Reachable Networks(params string[] networks) => new(false, [], [.. networks.Select(IPNetwork.Parse)]);

    [Theory]
    [InlineData("127.0.0.1"), InlineData("127.255.255.254"), InlineData("::1")]
    [InlineData("10.0.0.1"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.1.1"), InlineData("fc00::1"), InlineData("fd12:3456::1")]
    [InlineData("100.64.0.1"), InlineData("100.127.255.255"), InlineData("198.18.0.1")]
    [InlineData("169.254.1.1"), InlineData("169.254.169.254"), InlineData("169.254.170.2"), InlineData("fe80::1"), InlineData("fe80::a9fe:a9fe")]
    [InlineData("fd00:ec2::254"), InlineData("fd00:ec2::23"), InlineData("fd20:ce::254"), InlineData("fd00:42::42"), InlineData("fd00:c1::a9fe:a9fe")]
    [InlineData("168.63.129.16"), InlineData("100.100.100.200"), InlineData("192.0.0.192")]
    [InlineData("0.0.0.0"), InlineData("0.1.2.3"), InlineData("::"), InlineData("224.0.0.1"), InlineData("255.255.255.255"), InlineData("240.0.0.1"), InlineData("ff02::1")]
    [InlineData("::ffff:10.0.0.1"), InlineData("::ffff:169.254.169.254"), InlineData("::ffff:7f00:1"), InlineData("::10.0.0.1"), InlineData("::ffff:0:10.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1"), InlineData("64:ff9b::a9fe:a9fe"), InlineData("64:ff9b:1::10.0.0.1")]
    [InlineData("2002:a00:1::1"), InlineData("2002:a9fe:a9fe::1"), InlineData("2002:808:808::1"), InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("fec0::1"), InlineData("2001:db8::1"), InlineData("3fff::1"), InlineData("100::1"), InlineData("5f00::1")]
    public void What_is_not_the_public_internet_is_not_reached(string address)
    {
        Assert.False(Nothing.Allows("registry.example", IPAddress.Parse(address)));
        Assert.False(new Reachable(false, ["other.example"], [IPNetwork.Parse("203.0.113.0/24")]).Allows("registry.example", IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("8.8.8.8"), InlineData("172.15.255.255"), InlineData("172.32.0.1"), InlineData("100.63.255.255"), InlineData("100.128.0.1"), InlineData("169.253.255.255")]
    [InlineData("2606:4700::1111"), InlineData("2a00:1450:4001:82b::200e"), InlineData("::ffff:8.8.8.8"), InlineData("64:ff9b::8.8.8.8")]
    public void The_public_internet_is_reached(string address) => Assert.True(Nothing.Allows("registry.example", IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.0.0.0/8", "10.1.2.3", true), InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true), InlineData("10.0.0.0/8", "64:ff9b::10.1.2.3", true), InlineData("10.0.0.0/8", "192.168.0.1", false)]
    [InlineData("fd00::/8", "fd12::1", true), InlineData("127.0.0.1/32", "127.0.0.1", true), InlineData("127.0.0.1/32", "127.0.0.2", false)]
    [InlineData("0.0.0.0/0", "10.1.2.3", true), InlineData("0.0.0.0/0", "169.254.169.254", false), InlineData("0.0.0.0/0", "0.0.0.0", false), InlineData("100.64.0.0/10", "100.100.100.200", false)]
    [InlineData("fd00::/8", "fd00:ec2::254", false), InlineData("::/0", "fe80::1", false), InlineData("169.254.0.0/16", "169.254.169.254", false), InlineData("169.254.20.10/32", "169.254.20.10", true)]
    public void A_network_that_the_configuration_allows_is_reached_but_no_metadata_by_the_way(string network, string address, bool reached) =>
        Assert.Equal(reached, Networks(network).Allows("registry.example", IPAddress.Parse(address)));

    [Theory]
    [InlineData("registry.internal", "10.0.0.1", true), InlineData("REGISTRY.internal", "10.0.0.1", true), InlineData("registry.internal.", "127.0.0.1", true)]
    [InlineData("registry.internal", "169.254.169.254", false), InlineData("x.registry.internal", "10.0.0.1", false), InlineData("registry.internal", "0.0.0.0", false)]
    public void A_host_that_the_configuration_allows_may_be_private_but_no_metadata(string host, string address, bool reached) =>
        Assert.Equal(reached, new Reachable(false, ["registry.internal"], []).Allows(host, IPAddress.Parse(address)));

    // The forms that resolvers and parsers of addresses take for this machine, its neighbours or a cloud's metadata.
    public static TheoryData<string> Hosts =>
    [
        "localhost", "localhost.", "LOCALHOST", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "0.0.0.0", "0", "[::]", "10.0.0.1", "0xa.1", "167772161", "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "[fd00:ec2::254]", "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]",
    ];

    [Theory]
    [InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task No_form_of_a_host_leads_inside_and_the_failure_is_final_and_names_the_variable(Mode mode)
    {
        await using var inside = await TinyRegistry.Start();
        await using var service = await Samples.Service.Start(mode, postgres, redis, ("REGISTRY_PLAIN_HTTP", string.Join(',', Hosts.Select(host => $"{host.Data}:{Port(inside)}"))), ("WORKERS", "8"));
        var refused = 0;
        foreach (var host in Hosts.Select(row => row.Data))
        {
            using var answer = await service.Http.PostAsJsonAsync("/v1/inspections", new InspectionRequestBody($"{host}:{Port(inside)}/shop/web:1"), TestContext.Current.CancellationToken);
            // Some of the forms are no registry in the grammar of references.
            if (answer.StatusCode == HttpStatusCode.BadRequest)
                continue;
            var ended = await service.Ended((await answer.Content.ReadFromJsonAsync<InspectionBody>(TestContext.Current.CancellationToken))!.Id);
            Assert.Equal((host, "failed", 1), (host, ended.State, ended.Attempts));
            Assert.Contains("is not allowed", ended.Error);
            Assert.Contains("REGISTRY_ALLOW_PRIVATE", ended.Remedy);
            refused++;
        }
        Assert.True(refused >= 20, $"only {refused} hosts were tried");
        Assert.Empty(inside.Asked);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Neither_a_redirect_nor_a_login_service_leads_where_the_registry_itself_may_not_be(Mode mode)
    {
        await using var inside = await TinyRegistry.Start();
        await using var registry = await TinyRegistry.Start();
        // 127.0.0.1 stands for a registry outside here, and localhost for what is inside.
        await using var service = await Samples.Service.Start(mode, postgres, redis,
            ("REGISTRY_ALLOW_PRIVATE", "127.0.0.1"), ("REGISTRY_PLAIN_HTTP", registry.Host));
        registry.Before = context => Task.FromResult<Microsoft.AspNetCore.Http.IResult?>(
            Microsoft.AspNetCore.Http.Results.Redirect($"http://127.0.0.2:{Port(inside)}{context.Request.Path}", preserveMethod: true));
        await IsRefused(service, $"{registry.Host}/shop/redirected:1");
        registry.Before = context =>
        {
            context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"http://127.0.0.2:{Port(inside)}/token\"";
            return Task.FromResult<Microsoft.AspNetCore.Http.IResult?>(Microsoft.AspNetCore.Http.Results.StatusCode(401));
        };
        await IsRefused(service, $"{registry.Host}/shop/login:1");
        Assert.Empty(inside.Asked);
        Assert.NotEmpty(registry.Asked);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_registry_that_the_configuration_allows_is_inspected_also_through_a_mirror(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        var image = OciImage.Number(1);
        registry.Push("cache/shop/web", "1", image);
        await using var service = await Samples.Service.Start(mode, postgres, redis, registry.Variables(("REGISTRY_MIRRORS", $"registry.example=http://{registry.Host}/cache")));
        Assert.Equal([image.Digest], (await service.InspectReference("registry.example/shop/web:1")).Images);
        Assert.Equal([image.Digest], (await service.InspectReference($"{registry.Host}/cache/shop/web:1")).Images);
    }

    static async Task IsRefused(Samples.Service service, string image)
    {
        var ended = await service.InspectReference(image);
        Assert.Equal(("failed", 1), (ended.State, ended.Attempts));
        Assert.Contains("the address of 127.0.0.2 is not allowed", ended.Error);
    }

    static string Port(TinyRegistry registry) => registry.Host.Split(':')[1];
}
