using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Plimsoll.Client;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

public sealed class VerdictTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static (byte[] Index, OciImage Arm) PushTwoPlatforms(TinyRegistry registry)
    {
        var (amd, arm) = (OciImage.Number(1), OciImage.Number(2, "arm64"));
        var index = OciImage.Index(("amd64", amd), ("arm64", arm));
        registry.Push("shop/web", "amd", amd);
        registry.Push("shop/web", "arm", arm);
        registry.Push("shop/web", "1", index, OciImage.IndexType);
        return (index, arm);
    }

    static async Task<HttpResponseMessage> Put(Samples.Service service, string name, string text) =>
        await service.Http.PutAsync($"/v1/policies/{name}", new StringContent(text, null, "application/yaml"), Ct);

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_verdict_says_each_rule_and_what_would_make_it_pass(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var inspection = await service.Inspect(await File.ReadAllBytesAsync(Repository.At("samples/webapp.tar"), Ct));
        using (var put = await Put(service, "strict", "name: strict\nlimits: { size: 1MB }\nrequire: [non-root-user]\n"))
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        foreach (var image in (string[])[inspection.Images[0], inspection.Id.ToString()])
        {
            var verdict = (await service.Get<VerdictBody>($"/v1/verdicts?image={image}&policy=strict"));
            Assert.Equal(("Fail", null, 1), (verdict.Outcome, verdict.Reason, verdict.Revision));
            Assert.Equal(["limits.size", "require.non-root-user"], Assert.Single(verdict.Platforms).Rules.Select(rule => rule.Rule));
            Assert.All(verdict.Platforms[0].Rules, rule => Assert.NotNull(rule.Advice));
        }
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task What_was_not_inspected_is_undecided_and_never_passes(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        using (await Put(service, "lax", "name: lax\n")) { }
        foreach (var image in (string[])["sha256:" + new string('0', 64), "web:1", Guid.NewGuid().ToString()])
        {
            var verdict = (await service.Get<VerdictBody>($"/v1/verdicts?image={image}&policy=lax"));
            Assert.Equal(("Undecided", "not-inspected"), (verdict.Outcome, verdict.Reason));
        }
        var broken = await service.Inspect([0x1f, 0x8b, 1]);
        Assert.Equal("inspection-failed", (await service.Get<VerdictBody>($"/v1/verdicts?image={broken.Id}&policy=lax")).Reason);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_digest_is_known_under_every_name(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        var (index, arm) = PushTwoPlatforms(registry);
        await using var service = await Samples.Service.Start(mode, postgres, redis, registry.Variables());
        using (await Put(service, "lax", "name: lax\n")) { }
        await service.InspectReference($"{registry.Host}/shop/web:1");

        foreach (var image in (string[])[$"{registry.Host}/shop/web@{OciImage.DigestOf(index)}", $"elsewhere.example/mirror/web@{OciImage.DigestOf(index)}"])
            Assert.Equal(("Pass", 2), (await service.Get<VerdictBody>($"/v1/verdicts?image={image}&policy=lax")) is var verdict ? (verdict.Outcome, verdict.Platforms.Count) : default);
        Assert.Equal("linux/arm64", Assert.Single((await service.Get<VerdictBody>($"/v1/verdicts?image=elsewhere.example/web@{arm.Digest}&policy=lax")).Platforms).Platform);
        Assert.Equal("not-inspected", (await service.Get<VerdictBody>($"/v1/verdicts?image={registry.Host}/shop/web@sha256:{new string('0', 64)}&policy=lax")).Reason);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task An_index_of_which_some_platforms_alone_were_inspected_is_not_judged_as_a_whole(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        var (index, _) = PushTwoPlatforms(registry);
        await using var service = await Samples.Service.Start(mode, postgres, redis, registry.Variables());
        using (await Put(service, "lax", "name: lax\n")) { }
        var exact = $"{registry.Host}/shop/web@{OciImage.DigestOf(index)}";
        async Task<(string, string?, int)> Verdict(string image, string platforms = "") =>
            await service.Get<VerdictBody>($"/v1/verdicts?image={image}&policy=lax{platforms}") is var verdict ? (verdict.Outcome, verdict.Reason, verdict.Platforms.Count) : default;

        await service.InspectReference($"{registry.Host}/shop/web:1", platforms: ["linux/amd64"]);
        await service.InspectReference(exact, platforms: ["linux/amd64"]);
        foreach (var image in (string[])[$"{registry.Host}/shop/web:1", exact])
        {
            Assert.Equal(("Undecided", "not-inspected", 1), await Verdict(image));
            Assert.Equal(("Pass", (string?)null, 1), await Verdict(image, "&platforms=linux/amd64"));
            Assert.Equal(("Undecided", "not-inspected", 0), await Verdict(image, "&platforms=linux/arm64"));
        }

        // Each by itself is as good as both together, and a variant that goes without saying may be said.
        await service.InspectReference(exact, platforms: ["linux/arm64/v8"]);
        Assert.Equal(("Pass", (string?)null, 2), await Verdict(exact, "&platforms=linux/amd64,linux/arm64/v8"));
        Assert.Equal("Undecided", (await Verdict(exact)).Item1);
        await service.InspectReference(exact);
        Assert.Equal(("Pass", (string?)null, 2), await Verdict(exact));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_platform_that_the_image_does_not_have_is_undecided(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var inspection = await service.Inspect(await File.ReadAllBytesAsync(Repository.At("samples/webapp.tar"), Ct));
        using (await Put(service, "lax", "name: lax\n")) { }
        async Task<string> Outcome(string platforms) => (await service.Get<VerdictBody>($"/v1/verdicts?image={inspection.Images[0]}&policy=lax&platforms={platforms}")).Outcome;
        Assert.Equal("Pass", await Outcome("linux/amd64"));
        Assert.Equal("Undecided", await Outcome("linux/amd64,linux/arm64"));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_policy_has_revisions_and_goes_with_them_kept(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        async Task<int> Revision(string text)
        {
            using var put = await Put(service, "p", text);
            return (await put.Content.ReadFromJsonAsync<PolicyBody>(Ct))!.Revision;
        }
        Assert.Equal(1, await Revision("name: p\n"));
        Assert.Equal(1, await Revision("name: p\n"));
        Assert.Equal(2, await Revision("name: p\nlimits: { layers: 3 }\n"));
        using var deleted = await service.Http.DeleteAsync("/v1/policies/p", Ct);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var gone = await service.Http.GetAsync("/v1/policies/p", Ct);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(4, await Revision("name: p\n"));
    }

    [Fact]
    public async Task A_policy_that_cannot_be_read_is_refused_with_each_problem_and_its_line()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var put = await Put(service, "p", "name: p\nlimit: 3\nfindings: { failOn: wild }\n");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, put.StatusCode);
        var problems = (await put.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("problems");
        Assert.Equal([2, 3], problems.EnumerateArray().Select(problem => problem.GetProperty("line").GetInt32()));
    }
}
