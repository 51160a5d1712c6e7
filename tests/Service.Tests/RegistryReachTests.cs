using System.Net;
using System.Net.Http.Json;
using Plimsoll.Client;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

/// <summary>A reference is a way to make the service connect somewhere: it must not lead into the network that the service stands in.</summary>
public sealed class RegistryReachTests(PostgresServer postgres, RedisServer redis)
{
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
