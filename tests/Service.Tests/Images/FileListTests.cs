using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Client;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests.Images;

public sealed class FileListTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static readonly OciImage Image = OciImage.Of("amd64",
        [("etc/hosts", "127.0.0.1"), ("app/old", "0123456789"), ("app/data", "first")],
        [("app/.wh.old", ""), ("app/data", "second!"), ("app/new", "x")]);

    static async Task<(Samples.Service, string)> Inspected(Mode mode, PostgresServer postgres, RedisServer redis, TinyRegistry registry)
    {
        registry.Push("shop/web", "1", Image);
        var service = await Samples.Service.Start(mode, postgres, redis, registry.Variables());
        return (service, $"/v1/images/{Assert.Single((await service.InspectReference($"{registry.Host}/shop/web:1")).Images)}/files");
    }

    static async Task<List<FileBody>> All(Samples.Service service, string path)
    {
        var files = new List<FileBody>();
        for (string? cursor = null; ;)
        {
            var page = (await service.Http.GetFromJsonAsync<Page<FileBody>>($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}size=2{(cursor is null ? "" : $"&cursor={cursor}")}", Ct))!;
            files.AddRange(page.Items);
            if ((cursor = page.Next) is null)
                return files;
        }
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task What_a_container_sees_what_a_layer_did_and_what_is_wasted_can_be_listed(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        var (started, files) = await Inspected(mode, postgres, redis, registry);
        await using var service = started;
        Assert.Equal([("app/data", 7L, 1), ("app/new", 1L, 1), ("etc/hosts", 9L, 0)], (await All(service, files)).Where(file => file.Type == "file").Select(file => (file.Path, file.Size, file.Layer)));
        Assert.Equal([("app/data", "changed"), ("app/new", "added"), ("app/old", "removed")],
            (await All(service, $"{files}?layer=1")).Where(file => file.Type == "file").Select(file => (file.Path, file.Change)));
        Assert.Equal([("app/data", 5L, 0, 1, "overwritten"), ("app/old", 10L, 0, 1, "deleted")],
            (await All(service, $"{files}?wasted=true")).Select(file => (file.Path, file.Size, file.Layer, file.HiddenBy!.Value, file.How)));
        Assert.Empty(await All(service, $"{files}?wasted=true&layer=1"));
        Assert.Equal(["etc/hosts"], (await All(service, $"{files}?path=/etc&type=file")).Select(file => file.Path));
        Assert.Empty(await All(service, $"{files}?path=et"));
        Assert.Equal(["etc/hosts", "app/data", "app/new"], (await All(service, $"{files}?sort=size&type=file")).Select(file => file.Path));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task The_files_are_those_of_the_report(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var image = Assert.Single((await service.Inspect(await File.ReadAllBytesAsync(Repository.At("samples/webapp.tar"), Ct))).Images);
        var report = await service.Json($"/v1/images/{image}/report");
        var wasted = (await service.Http.GetFromJsonAsync<Page<FileBody>>($"/v1/images/{image}/files?wasted=true&sort=size&size=500", Ct))!.Items;
        Assert.Equal(report.GetProperty("waste").GetProperty("reclaimableBytes").GetInt64(), wasted.Sum(file => file.Size));
        var seen = (await service.Http.GetFromJsonAsync<Page<FileBody>>($"/v1/images/{image}/files?size=500", Ct))!;
        Assert.Null(seen.Next);
        Assert.Equal(report.GetProperty("image").GetProperty("size").GetInt64(), wasted.Sum(file => file.Size) + seen.Items.Sum(file => file.Size));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task When_a_layer_is_not_kept_any_more_that_is_said(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        var (started, files) = await Inspected(mode, postgres, redis, registry);
        await using var service = started;
        await using (var db = await service.Database())
            await db.Layers.Take(1).ExecuteDeleteAsync(Ct);
        using var answer = await service.Http.GetAsync(files, Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("/problems/files-not-kept", (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task An_image_of_too_many_files_is_not_unfolded(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        var (started, files) = await Inspected(mode, postgres, redis, registry);
        await using var service = started;
        await using (var db = await service.Database())
            await db.Layers.ExecuteUpdateAsync(set => set.SetProperty(row => row.Entries, 900_000), Ct);
        using var answer = await service.Http.GetAsync(files, Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
