using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

public sealed class CompareTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static readonly OciImage Old = OciImage.Of("amd64", [("etc/hosts", "127.0.0.1")], [("app/data", "first"), ("app/gone", "1234")]);
    static readonly OciImage New = OciImage.Of("amd64", [("etc/hosts", "127.0.0.1")], [("app/data", "second"), ("app/.env", "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz")]);

    static async Task<Samples.Service> Inspected(Mode mode, PostgresServer postgres, RedisServer redis, TinyRegistry registry)
    {
        registry.Push("shop/web", "old", Old);
        registry.Push("shop/web", "new", New);
        registry.Push("shop/web", "arm", OciImage.Number(1, "arm64"));
        registry.Push("shop/web", "all", OciImage.Index(("amd64", New), ("arm64", OciImage.Number(1, "arm64"))), OciImage.IndexType);
        var service = await Samples.Service.Start(mode, postgres, redis, registry.Variables());
        foreach (var tag in (string[])["old", "new", "arm", "all"])
            await service.InspectReference($"{registry.Host}/shop/web:{tag}");
        return service;
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Two_stored_images_are_compared_by_digest_and_by_name(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        await using var service = await Inspected(mode, postgres, redis, registry);
        var comparison = await service.Json($"/v1/compare?base={Old.Digest}&head={New.Digest}");
        Assert.Equal(1, comparison.GetProperty("sharedLayers").GetInt32());
        Assert.Equal(["app/.env", "app/gone", "app/data"], comparison.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("path").GetString()!));
        Assert.NotEqual(0, comparison.GetProperty("newFindings").GetArrayLength());
        Assert.Equal(0, comparison.GetProperty("fixedFindings").GetArrayLength());
        Assert.Equal(comparison.GetRawText(), (await service.Json($"/v1/compare?base={registry.Host}/shop/web:old&head={registry.Host}/shop/web:new")).GetRawText());
        // The other way round.
        var back = await service.Json($"/v1/compare?base={New.Digest}&head={Old.Digest}");
        Assert.Equal(comparison.GetProperty("newFindings").GetRawText(), back.GetProperty("fixedFindings").GetRawText());
        var few = await service.Json($"/v1/compare?base={Old.Digest}&head={New.Digest}&files=1");
        Assert.Equal((1, 2), (few.GetProperty("files").GetArrayLength(), few.GetProperty("moreFiles").GetInt32()));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Of_images_for_several_platforms_the_one_that_is_asked_for_is_compared(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        await using var service = await Inspected(mode, postgres, redis, registry);
        var (all, old) = ($"{registry.Host}/shop/web:all", $"{registry.Host}/shop/web:old");
        Assert.Equal(3, (await service.Json($"/v1/compare?base={old}&head={all}")).GetProperty("files").GetArrayLength());
        await IsRefused(service, $"/v1/compare?base={all}&head={all}", 422, "platform-needed");
        await IsRefused(service, $"/v1/compare?base={old}&head={all}&platform=linux/arm64", 422, "platform-needed");
        Assert.Equal(0, (await service.Json($"/v1/compare?base={all}&head={all}&platform=linux/arm64")).GetProperty("files").GetArrayLength());
        Assert.NotEqual(0, (await service.Json($"/v1/compare?base={old}&head={registry.Host}/shop/web:arm")).GetProperty("files").GetArrayLength());
        Assert.Equal(0, (await service.Json($"/v1/compare?platform=linux/amd64&base={New.Digest}&head={OciImage.DigestOf(OciImage.Index(("amd64", New), ("arm64", OciImage.Number(1, "arm64"))))}")).GetProperty("files").GetArrayLength());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_comparison_can_be_had_as_markdown(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        await using var service = await Inspected(mode, postgres, redis, registry);
        using var answer = await service.Http.GetAsync($"/v1/compare?base={Old.Digest}&head={New.Digest}&format=markdown", Ct);
        Assert.Equal("text/markdown", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Contains("### New findings", text);
        Assert.Contains("app/gone", text);
        Assert.DoesNotContain("wJalrXUtnFEMI", text);
        Assert.NotNull(answer.Headers.ETag);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Without_the_layers_everything_but_the_files_is_compared(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        await using var service = await Inspected(mode, postgres, redis, registry);
        await using (var db = await service.Database())
            await db.Layers.ExecuteDeleteAsync(Ct);
        var comparison = await service.Json($"/v1/compare?base={Old.Digest}&head={New.Digest}");
        Assert.Equal(JsonValueKind.Null, comparison.GetProperty("files").ValueKind);
        Assert.NotEqual(0, comparison.GetProperty("newFindings").GetArrayLength());
        Assert.Contains("not known any more", await service.Http.GetStringAsync($"/v1/compare?base={Old.Digest}&head={New.Digest}&format=markdown", Ct));
    }

    [Fact]
    public async Task A_bad_question_says_what_is_wrong()
    {
        await using var registry = await TinyRegistry.Start();
        await using var service = await Inspected(Mode.Embedded, postgres, redis, registry);
        await IsRefused(service, "/v1/compare", 400, "bad-request");
        await IsRefused(service, $"/v1/compare?base={Old.Digest}", 400, "bad-request");
        await IsRefused(service, $"/v1/compare?base={Old.Digest}&head=none", 404, "image-not-found");
        await IsRefused(service, $"/v1/compare?base={Old.Digest}&head={New.Digest}&format=pdf", 406, "not-acceptable");
        await IsRefused(service, $"/v1/compare?base={Old.Digest}&head={New.Digest}&files=many", 400, "bad-request");
    }

    static async Task IsRefused(Samples.Service service, string path, int status, string type)
    {
        using var answer = await service.Http.GetAsync(path, Ct);
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Equal($"/problems/{type}", (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString());
    }
}
