using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Plimsoll.Client;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests.Images;

public sealed class ImageListTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<string> Inspect(Samples.Service service) =>
        Assert.Single((await service.Inspect(await File.ReadAllBytesAsync(Repository.At("samples/webapp.tar"), Ct))).Images);

    static async Task<List<JsonElement>> All(Samples.Service service, string path)
    {
        var items = new List<JsonElement>();
        for (string? cursor = null; ;)
        {
            var page = await service.Json($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}size=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            items.AddRange(page.GetProperty("items").EnumerateArray());
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 0, 3);
            if ((cursor = page.GetProperty("next").GetString()) is null)
                return items;
        }
    }

    static async Task<List<string>> Digests(Samples.Service service, string query) => [.. (await All(service, $"/v1/images?{query}")).Select(item => item.GetProperty("digest").GetString()!)];

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Images_are_found_by_any_name_platform_and_package(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        var (amd, arm) = (OciImage.Number(1), OciImage.Number(2, "arm64"));
        registry.Push("shop/web", "1", amd);
        registry.Push("shop/copy", "1", amd);
        registry.Push("shop/web", "arm", arm);
        await using var service = await Samples.Service.Start(mode, postgres, redis, registry.Variables());
        var webapp = await Inspect(service);
        foreach (var name in (string[])["shop/web:1", "shop/copy:1", "shop/web:arm"])
            await service.InspectReference($"{registry.Host}/{name}");

        Assert.Equal(new[] { webapp, amd.Digest, arm.Digest }.Order(StringComparer.Ordinal), await Digests(service, ""));
        Assert.Equal([amd.Digest], await Digests(service, $"reference={registry.Host}/shop/web:1"));
        Assert.Equal([amd.Digest], await Digests(service, $"reference={registry.Host}/shop/copy:1"));
        Assert.Equal([arm.Digest], await Digests(service, "platform=linux/arm64"));
        var package = (await All(service, $"/v1/images/{webapp}/packages"))[0];
        Assert.Equal([webapp], await Digests(service, $"package={package.GetProperty("name").GetString()}"));
        Assert.Equal([webapp], await Digests(service, $"package={Uri.EscapeDataString(package.GetProperty("purl").GetString()!)}"));
        Assert.Empty(await Digests(service, "package=nothing"));
        Assert.Empty(await Digests(service, $"platform=linux/arm64&reference={registry.Host}/shop/web:1"));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task The_parts_of_a_report_come_in_pages_and_filtered(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var image = $"/v1/images/{await Inspect(service)}";
        var report = await service.Json($"{image}/report");
        foreach (var part in (string[])["layers", "packages", "findings", "secrets"])
            Assert.Equal(report.GetProperty(part).EnumerateArray().Select(item => Compact(item)), (await All(service, $"{image}/{part}")).Select(Compact));

        await Same("packages?type=deb", "packages", item => item.GetProperty("type").GetString() == "deb");
        await Same("packages?name=LIB", "packages", item => item.GetProperty("name").GetString()!.StartsWith("lib", StringComparison.OrdinalIgnoreCase));
        await Same("packages?removed=true", "packages", item => item.GetProperty("removedIn").ValueKind == JsonValueKind.Number);
        await Same("packages?removed=false", "packages", item => item.GetProperty("removedIn").ValueKind == JsonValueKind.Null);
        await Same("findings?severity=high", "findings", item => item.GetProperty("severity").GetString() is "high" or "critical");
        await Same("findings?check=apt-cache", "findings", item => item.GetProperty("check").GetString() == "apt-cache");
        await Same("findings?path=/app/", "findings", item => item.GetProperty("path").GetString() is { } path && (path == "app" || path.StartsWith("app/", StringComparison.Ordinal)));
        await Same("secrets?severity=critical", "secrets", item => item.GetProperty("severity").GetString() == "critical");
        await Same("secrets?rule=none", "secrets", _ => false);

        async Task Same(string query, string part, Func<JsonElement, bool> holds) =>
            Assert.Equal(report.GetProperty(part).EnumerateArray().Where(holds).Select(Compact), (await All(service, $"{image}/{query}")).Select(Compact));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task An_image_that_is_deleted_is_gone_and_can_be_inspected_again(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var digest = await Inspect(service);
        Assert.Equal(HttpStatusCode.OK, await Status(service, $"/v1/images/{digest}/report"));
        using var deleted = await service.Http.DeleteAsync($"/v1/images/{digest}", Ct);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        foreach (var part in (string[])["", "/report", "/layers", "/packages", "/findings", "/secrets", "/files"])
            Assert.Equal(HttpStatusCode.NotFound, await Status(service, $"/v1/images/{digest}{part}"));
        using var again = await service.Http.DeleteAsync($"/v1/images/{digest}", Ct);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.Equal(digest, await Inspect(service));
        Assert.Equal(HttpStatusCode.OK, await Status(service, $"/v1/images/{digest}/report"));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Only_an_admin_deletes_an_image(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var digest = await Inspect(service);
        using var made = await service.Http.PostAsJsonAsync("/v1/tokens", new NewTokenBody("ci", "submit"), Ct);
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/v1/images/{digest}") { Headers = { Authorization = new("Bearer", (await made.Content.ReadFromJsonAsync<MadeTokenBody>(Ct))!.Token) } };
        using var refused = await service.Anonymous.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await Status(service, $"/v1/images/{digest}"));
    }

    [Theory]
    [InlineData("/v1/images?cursor=%21", 400)]
    [InlineData("/v1/images?size=x", 400)]
    [InlineData("/v1/images/DIGEST/packages?cursor=LTE", 400)]
    [InlineData("/v1/images/DIGEST/packages?cursor=MjE0NzQ4MzY0Nw", 400)]
    [InlineData("/v1/images/DIGEST/packages?removed=perhaps", 400)]
    [InlineData("/v1/images/DIGEST/findings?severity=bad", 400)]
    [InlineData("/v1/images/DIGEST/findings?severity=3", 400)]
    [InlineData("/v1/images/DIGEST/secrets?severity=", 400)]
    [InlineData("/v1/images/DIGEST/files?type=thing", 400)]
    [InlineData("/v1/images/DIGEST/files?sort=colour", 400)]
    [InlineData("/v1/images/DIGEST/files?layer=-1", 400)]
    [InlineData("/v1/images/DIGEST/files?layer=99", 400)]
    [InlineData("/v1/images/none/layers", 404)]
    [InlineData("/v1/images/none/files", 404)]
    public async Task A_bad_question_says_what_is_wrong(string path, int status)
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var answer = await service.Http.GetAsync(path.Replace("DIGEST", await Inspect(service)), Ct);
        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    static string Compact(JsonElement item) => JsonSerializer.Serialize(item);

    static async Task<HttpStatusCode> Status(Samples.Service service, string path)
    {
        using var answer = await service.Http.GetAsync(path, Ct);
        return answer.StatusCode;
    }
}
