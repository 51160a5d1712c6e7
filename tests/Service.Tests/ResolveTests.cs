using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plimsoll.Client;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

public sealed class ResolveTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<(int Status, string? Type)> Refusal(Samples.Service service, string image)
    {
        using var answer = await service.Http.GetAsync($"/v1/resolve?image={Uri.EscapeDataString(image)}", Ct);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_reference_resolves_to_its_digest_and_its_platforms(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        var (amd, arm) = (OciImage.Number(1), OciImage.Number(2, "arm64"));
        var index = OciImage.Index(("amd64", amd), ("arm64", arm));
        registry.Push("shop/web", "amd", amd);
        registry.Push("shop/web", "1", index, OciImage.IndexType);
        await using var service = await Samples.Service.Start(mode, postgres, redis, registry.Variables());

        var several = await service.Get<ResolutionBody>($"/v1/resolve?image={registry.Host}/shop/web:1");
        Assert.Equal(($"{registry.Host}/shop/web:1", OciImage.DigestOf(index)), (several.Image, several.Digest));
        Assert.Equal([new("linux/amd64", amd.Digest), new("linux/arm64", arm.Digest)], several.Platforms);
        var one = await service.Get<ResolutionBody>($"/v1/resolve?image={registry.Host}/shop/web:amd");
        Assert.Equal([new("linux/amd64", amd.Digest)], one.Platforms);
        Assert.Equal(one.Digest, (await service.Get<ResolutionBody>($"/v1/resolve?image={registry.Host}/shop/web@{amd.Digest}")).Digest);
        Assert.Empty(registry.AskedFor(OciImage.DigestOf(amd.Layers[0])));
    }

    [Fact]
    public async Task The_client_resolves_and_compares()
    {
        await using var registry = await TinyRegistry.Start();
        registry.Push("shop/web", "1", OciImage.Number(1));
        registry.Push("shop/web", "2", OciImage.Number(22));
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis, registry.Variables());
        using var client = new PlimsollClient(new PlimsollClientOptions(service.Http.BaseAddress!) { Token = Samples.Service.AdminToken });
        var (one, two) = ((await service.InspectReference($"{registry.Host}/shop/web:1")).Images[0], (await service.InspectReference($"{registry.Host}/shop/web:2")).Images[0]);
        Assert.Equal([new("linux/amd64", one)], (await client.Images.Resolve($"{registry.Host}/shop/web:1", Ct)).Platforms);
        Assert.Equal(("app/data", 1L), ((await client.Images.Compare(one, two, Ct)).Files is [var file] ? (file.Path, file.Growth) : default));
        Assert.Contains("registry-not-allowed", (await Assert.ThrowsAsync<PlimsollException>(() => client.Images.Resolve("10.0.0.1/shop/web:1", Ct))).Type);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task What_keeps_it_from_resolving_is_a_problem_of_its_kind(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        await using var service = await Samples.Service.Start(mode, postgres, redis, registry.Variables());
        Assert.Equal((404, "/problems/not-in-registry"), await Refusal(service, $"{registry.Host}/shop/none:1"));
        Assert.Equal((422, "/problems/registry-not-allowed"), await Refusal(service, "169.254.169.254/latest/meta-data:1"));
        Assert.Equal((400, "/problems/bad-request"), await Refusal(service, "UPPER CASE"));
        Assert.Equal((400, "/problems/bad-request"), await Refusal(service, ""));
        foreach (var (status, expected) in new[] { (401, (422, "/problems/registry-login")), (403, (422, "/problems/registry-login")), (500, (502, "/problems/registry-unavailable")), (418, (502, "/problems/registry-unavailable")) })
        {
            registry.Before = _ => Task.FromResult<IResult?>(Results.StatusCode(status));
            Assert.Equal(expected, await Refusal(service, $"{registry.Host}/shop/web:1"));
        }
        registry.Before = _ => Task.FromResult<IResult?>(Results.Text("{}", "application/json"));
        Assert.Equal((422, "/problems/unreadable-image"), await Refusal(service, $"{registry.Host}/shop/web:1"));
    }

    [Fact]
    public async Task A_registry_that_is_silent_is_not_waited_for()
    {
        await using var registry = await TinyRegistry.Start();
        registry.Before = async context =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        };
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis, registry.Variables(("TIMEOUT", "1")));
        Assert.Equal((504, "/problems/registry-too-slow"), await Refusal(service, $"{registry.Host}/shop/web:1"));
    }
}
