using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Client;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Service.Tests.Webhooks;

[Trait("Category", "Slow")]
public sealed class SenderProcessTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    Dictionary<string, string> Variables(string database, string? reach) =>
        reach is null ? Samples.Service.Shared(database, redis) : new(Samples.Service.Shared(database, redis)) { ["WEBHOOK_ALLOW_PRIVATE"] = reach, ["WEBHOOK_TIMEOUT"] = "5" };

    [Fact]
    public async Task A_process_that_is_killed_while_it_sends_has_not_lost_the_delivery_and_the_log_tells()
    {
        var database = await postgres.NewDatabase();
        var first = true;
        var killed = new TaskCompletionSource();
        await using var receiver = await Receiver.Start(async context =>
        {
            if (!first)
                return;
            first = false;
            await killed.Task.WaitAsync(context.RequestAborted);
        });
        await using var api = await Samples.Service.StartApi(database, redis);
        var hook = await api.Hook(receiver.Url);
        InspectionBody inspection;
        Received begun;
        await using (var worker = await WorkerProcess.Start(Variables(database, "127.0.0.1")))
        {
            inspection = await api.Inspect(TinyImage.Archive(1));
            begun = await receiver.Next();
            await worker.Kill();
        }
        killed.SetResult();
        var log = Assert.Single((await api.Get<Page<DeliveryBody>>($"/v1/webhooks/{hook.Id}/deliveries")).Items);
        Assert.Equal(("sending", 1), (log.State, log.Attempts));
        await using (await WorkerProcess.Start(Variables(database, "127.0.0.1")))
        {
            var again = await receiver.Next();
            Assert.Equal((begun.Id, inspection.Id), (again.Id, again.Json.GetProperty("data").GetProperty("inspection").GetProperty("id").GetGuid()));
            Assert.Equal(2, (await api.DeliveryWhen(hook.Id, log.Id, delivery => delivery.State == "delivered")).Attempts);
        }
    }

    [Fact]
    public async Task A_process_that_is_killed_right_after_an_inspection_has_told_of_it_nevertheless()
    {
        var database = await postgres.NewDatabase();
        await using var receiver = await Receiver.Start();
        await using var api = await Samples.Service.StartApi(database, redis);
        var hook = await api.Hook(receiver.Url);
        await using var db = await api.Database();
        for (var round = 0; round < 5; round++)
        {
            await using var worker = await WorkerProcess.Start(Variables(database, "127.0.0.1"));
            using var sent = await api.Http.PostAsync("/v1/inspections", new ByteArrayContent(TinyImage.Archive(round, 5_000_000)), Ct);
            await Wait.Until(() => db.Inspections.AnyAsync(row => row.State == InspectionState.Succeeded, Ct));
            await worker.Kill();
            await db.Inspections.ExecuteDeleteAsync(Ct);
        }
        await using (await WorkerProcess.Start(Variables(database, "127.0.0.1")))
            await Wait.Until(async () => (await api.Get<Page<DeliveryBody>>($"/v1/webhooks/{hook.Id}/deliveries")).Items.Count(delivery => delivery.State == "delivered") == 5);
        Assert.InRange(receiver.Count, 5, 10);
    }

    [Fact]
    public async Task Two_processes_send_each_delivery_once()
    {
        var database = await postgres.NewDatabase();
        var seen = new ConcurrentDictionary<string, int>();
        await using var receiver = await Receiver.Start(context =>
        {
            seen.AddOrUpdate(context.Request.Headers["webhook-id"].ToString(), 1, (_, count) => count + 1);
            return Task.CompletedTask;
        });
        await using var api = await Samples.Service.StartApi(database, redis);
        var hooks = new[] { await api.Hook(receiver.Url), await api.Hook(receiver.Url + "/b"), await api.Hook(receiver.Url + "/c") };
        for (var i = 0; i < 300; i++)
            await api.Ping(hooks[i % 3].Id);
        await using var one = await WorkerProcess.Start(Variables(database, "127.0.0.0/8"));
        await using var two = await WorkerProcess.Start(Variables(database, "127.0.0.0/8"));
        await using var db = await api.Database();
        await Wait.Until(async () => await db.Deliveries.CountAsync(row => row.State == Store.Webhooks.DeliveryState.Delivered, Ct) == 300);
        Assert.Equal(300, seen.Count);
        Assert.All(seen, one => Assert.Equal(1, one.Value));
        Assert.Equal(300, await db.Deliveries.CountAsync(row => row.Attempts == 1, Ct));
    }

    [Theory, InlineData("127.0.0.1"), InlineData("localhost")]
    public async Task Where_the_configuration_does_not_allow_it_a_private_address_is_not_connected_to_whatever_its_name(string host)
    {
        var database = await postgres.NewDatabase();
        await using var receiver = await Receiver.Start();
        // This API listens on loopback and lets the address pass; the worker judges for itself.
        await using var api = await Samples.Service.StartApi(database, redis);
        var hook = await api.Hook(receiver.Url.Replace("127.0.0.1", host, StringComparison.Ordinal));
        var ping = await api.Ping(hook.Id);
        await using var worker = await WorkerProcess.Start(Variables(database, null));
        var refused = await api.DeliveryWhen(hook.Id, ping.Id, delivery => delivery is { State: "waiting", Attempts: 1 });
        Assert.Equal(($"the address of {host} is not public, and WEBHOOK_ALLOW_PRIVATE does not allow it", 0), (refused.Error, receiver.Count));
    }

    [Fact]
    public async Task A_process_that_is_asked_to_stop_gives_back_what_it_was_sending()
    {
        var database = await postgres.NewDatabase();
        await using var receiver = await Receiver.Start(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var api = await Samples.Service.StartApi(database, redis);
        var hook = await api.Hook(receiver.Url);
        var ping = await api.Ping(hook.Id);
        await using var worker = await WorkerProcess.Start(new Dictionary<string, string>(Variables(database, "127.0.0.1")) { ["WEBHOOK_TIMEOUT"] = "60" });
        await receiver.Next();
        Assert.Equal(0, await worker.Terminate());
        var back = await api.Delivery(hook.Id, ping.Id);
        Assert.Equal(("waiting", 0), (back.State, back.Attempts));
    }
}
