using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Client;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Service.Tests;

/// <summary>What several names point at is inspected once.</summary>
public sealed class ContentTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<Guid> Submit(Samples.Service service, string image)
    {
        using var answer = await service.Http.PostAsJsonAsync("/v1/inspections", new InspectionRequestBody(image), Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<InspectionBody>(Ct))!.Id;
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_digest_that_is_known_answers_from_the_store_whatever_its_name(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        var image = OciImage.Number(1);
        registry.Push("shop/web", "1", image);
        registry.Push("shop/copy", "stable", image);
        await using var service = await Samples.Service.Start(mode, postgres, redis, registry.Variables());
        Assert.Equal([image.Digest], (await service.InspectReference($"{registry.Host}/shop/web:1")).Images);
        registry.Asked.Clear();
        Assert.Equal([image.Digest], (await service.InspectReference($"{registry.Host}/shop/copy:stable")).Images);
        Assert.Equal(["HEAD /v2/shop/copy/manifests/stable"], registry.Asked);
        registry.Asked.Clear();
        Assert.Equal([image.Digest], (await service.InspectReference($"{registry.Host}/shop/none@{image.Digest}")).Images);
        Assert.Empty(registry.Asked);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_tag_that_has_moved_is_inspected_anew_and_layers_that_are_known_are_not_read_again(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        (string, string)[] ground = [("etc/os-release", "ID=test\n")];
        var (old, moved) = (OciImage.Of("amd64", ground, [("app/data", "old")]), OciImage.Of("amd64", ground, [("app/data", "new")]));
        registry.Push("shop/web", "1", old);
        await using var service = await Samples.Service.Start(mode, postgres, redis, registry.Variables());
        Assert.Equal([old.Digest], (await service.InspectReference($"{registry.Host}/shop/web:1")).Images);
        registry.Push("shop/web", "1", moved);
        Assert.Equal([moved.Digest], (await service.InspectReference($"{registry.Host}/shop/web:1")).Images);
        Assert.Single(registry.AskedFor(OciImage.DigestOf(moved.Layers[0])));
        Assert.Single(registry.AskedFor(OciImage.DigestOf(moved.Layers[1])));
        Assert.Equal($"{registry.Host}/shop/web:1", (await service.Json($"/v1/images/{moved.Digest}/report")).GetProperty("image").GetProperty("reference").GetString());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Other_platforms_another_revision_or_an_image_that_is_gone_are_not_known(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        var (amd, arm) = (OciImage.Number(1), OciImage.Number(2, "arm64"));
        registry.Push("shop/web", "amd", amd);
        registry.Push("shop/web", "arm", arm);
        registry.Push("shop/web", "1", OciImage.Index(("amd64", amd), ("arm64", arm)), OciImage.IndexType);
        await using var service = await Samples.Service.Start(mode, postgres, redis, registry.Variables());
        var reference = $"{registry.Host}/shop/web:1";
        Assert.Equal([arm.Digest], (await service.InspectReference(reference, platforms: ["linux/arm64"])).Images);
        Assert.Equal(new[] { amd.Digest, arm.Digest }.Order(), (await service.InspectReference(reference)).Images.Order());
        Assert.True(await IsKnown());
        await using var db = await service.Database();
        await db.Images.Where(row => row.Digest == amd.Digest).ExecuteDeleteAsync(Ct);
        Assert.False(await IsKnown());
        Assert.True(await IsKnown());
        await db.Images.Where(row => row.Digest == amd.Digest).ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, -1), Ct);
        Assert.False(await IsKnown());

        async Task<bool> IsKnown()
        {
            registry.Asked.Clear();
            Assert.Equal(new[] { amd.Digest, arm.Digest }.Order(), (await service.InspectReference(reference)).Images.Order());
            return registry.Asked.Count == 1;
        }
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled), Trait("Category", "Slow")]
    public async Task A_platform_that_a_passing_fault_left_out_is_not_taken_for_known(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        var (amd, arm) = (OciImage.Number(1), OciImage.Number(2, "arm64"));
        registry.Push("shop/web", "amd", amd);
        registry.Push("shop/web", "arm", arm);
        registry.Push("shop/web", "1", OciImage.Index(("amd64", amd), ("arm64", arm)), OciImage.IndexType);
        registry.Before = context => Task.FromResult<Microsoft.AspNetCore.Http.IResult?>(
            context.Request.Path.Value!.EndsWith(arm.Digest, StringComparison.Ordinal) ? Microsoft.AspNetCore.Http.Results.StatusCode(418) : null);
        await using var service = await Samples.Service.Start(mode, postgres, redis, registry.Variables());
        var part = await service.InspectReference($"{registry.Host}/shop/web:1");
        Assert.Equal(("succeeded", 3), (part.State, part.Attempts));
        Assert.Equal([amd.Digest], part.Images);
        registry.Before = null;
        Assert.Equal(2, (await service.InspectReference($"{registry.Host}/shop/web:1")).Images.Count);
    }

    [Fact(Timeout = 120_000), Trait("Category", "Slow")]
    public async Task Two_processes_that_are_asked_for_one_digest_at_once_inspect_it_once()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var registry = await TinyRegistry.Start();
        var image = OciImage.Number(1);
        string[] tags = ["1", "1.0", "stable", "latest"];
        foreach (var tag in tags)
            registry.Push("shop/web", tag, image);
        var inspecting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        registry.Before = async context =>
        {
            if (!context.Request.Path.Value!.Contains("/blobs/", StringComparison.Ordinal))
                return null;
            inspecting.TrySetResult();
            await go.Task;
            return null;
        };
        var database = await postgres.NewDatabase();
        await using var api = await Samples.Service.StartApi(database, redis);
        var variables = Workers(database, registry);
        await using var one = await WorkerProcess.Start(variables);
        await using var two = await WorkerProcess.Start(variables);
        var ids = new List<Guid> { await Submit(api, $"{registry.Host}/shop/web:1") };
        await inspecting.Task.WaitAsync(ct);
        foreach (var tag in tags.Skip(1))
            ids.Add(await Submit(api, $"{registry.Host}/shop/web:{tag}"));
        await using var db = await api.Database();
        await Wait.Until(() => db.Inspections.AnyAsync(row => row.Awaits != null, ct));
        await Wait.Until(async () => await db.Inspections.CountAsync(row => row.Awaits != null && row.State == InspectionState.Queued, ct) == 3);
        go.SetResult();
        foreach (var id in ids)
            Assert.Equal(("succeeded", 1, image.Digest), await Found(api, id));
        Assert.Single(registry.AskedFor(OciImage.DigestOf(image.Layers[0])));
        Assert.Single(registry.AskedFor(OciImage.DigestOf(image.Config)));
    }

    [Fact(Timeout = 120_000), Trait("Category", "Slow")]
    public async Task When_the_one_that_inspects_is_killed_one_of_those_that_wait_does_it()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var registry = await TinyRegistry.Start();
        var image = OciImage.Number(1);
        registry.Push("shop/web", "1", image);
        registry.Push("shop/web", "2", image);
        var inspecting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stuck = true;
        registry.Before = async context =>
        {
            if (!stuck || !context.Request.Path.Value!.Contains("/blobs/", StringComparison.Ordinal))
                return null;
            inspecting.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        };
        var database = await postgres.NewDatabase();
        await using var api = await Samples.Service.StartApi(database, redis);
        var one = await WorkerProcess.Start(Workers(database, registry));
        var first = await Submit(api, $"{registry.Host}/shop/web:1");
        await inspecting.Task.WaitAsync(ct);
        await using var two = await WorkerProcess.Start(Workers(database, registry));
        var second = await Submit(api, $"{registry.Host}/shop/web:2");
        await using var db = await api.Database();
        await Wait.Until(() => db.Inspections.AnyAsync(row => row.Id == second && row.Awaits != null, ct));
        stuck = false;
        await one.Kill();
        await one.DisposeAsync();
        Assert.Equal(("succeeded", 1, image.Digest), await Found(api, second));
        Assert.Equal("succeeded", (await api.Ended(first)).State);
        Assert.Equal(2, registry.AskedFor(OciImage.DigestOf(image.Config)).Count());
    }

    [Theory(Timeout = 60_000), InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task When_the_one_that_inspects_is_cancelled_those_that_wait_go_on(Mode mode)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var registry = await TinyRegistry.Start();
        var image = OciImage.Number(1);
        registry.Push("shop/web", "1", image);
        registry.Push("shop/web", "2", image);
        var inspecting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        registry.Before = async context =>
        {
            if (!context.Request.Path.Value!.Contains("/blobs/", StringComparison.Ordinal) || !inspecting.TrySetResult())
                return null;
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        };
        await using var service = await Samples.Service.Start(mode, postgres, redis, registry.Variables(("LEASE_SECONDS", "2"), ("WORKERS", "2")));
        var first = await Submit(service, $"{registry.Host}/shop/web:1");
        await inspecting.Task.WaitAsync(ct);
        var second = await Submit(service, $"{registry.Host}/shop/web:2");
        await using var db = await service.Database();
        await Wait.Until(() => db.Inspections.AnyAsync(row => row.Id == second && row.Awaits != null, ct));
        using var cancelled = await service.Http.DeleteAsync($"/v1/inspections/{first}", ct);
        Assert.Equal(("succeeded", 1, image.Digest), await Found(service, second));
    }

    Dictionary<string, string> Workers(string database, TinyRegistry registry)
    {
        var variables = Samples.Service.Shared(database, redis);
        foreach (var (name, value) in registry.Variables())
            variables[name] = value;
        return variables;
    }

    static async Task<(string, int, string)> Found(Samples.Service service, Guid id)
    {
        var ended = await service.Ended(id);
        return (ended.State, ended.Attempts, Assert.Single(ended.Images));
    }
}
