using System.Globalization;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Plimsoll.Client;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests.Webhooks;

public sealed class DeliveryTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task What_a_receiver_refuses_comes_again_under_the_same_id_and_the_log_tells_why(Mode mode)
    {
        var refuses = true;
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await using var receiver = await Receiver.Start(async context =>
        {
            if (refuses)
                (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (503, "3600");
            await context.Response.WriteAsync("back \u0007soon\r\n\u001b[31m" + new string('x', 5000));
        });
        var hook = await service.Hook(receiver.Url);
        var ping = await service.Ping(hook.Id);
        var first = await receiver.Next();
        var waits = await service.DeliveryWhen(hook.Id, ping.Id, delivery => delivery is { State: "waiting", Attempts: 1 });
        Assert.Equal((503, "it answered 503"), (waits.Status, waits.Error));
        Assert.StartsWith("back soon [31mxxx", waits.Answer!.Replace("  ", " "));
        Assert.InRange(waits.Answer!.Length, 900, 1024);
        Assert.InRange((waits.NextAttemptAt - waits.AttemptedAt)!.Value.TotalMinutes, 59, 61);
        refuses = false;
        await service.Hasten(ping.Id);
        var second = await receiver.Next();
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(first.Body, second.Body);
        var delivered = await service.DeliveryWhen(hook.Id, ping.Id, delivery => delivery.State == "delivered");
        Assert.Equal((2, 200, null, null), (delivered.Attempts, delivered.Status, delivered.Error, delivered.NextAttemptAt));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task After_its_last_attempt_a_delivery_is_dead_until_somebody_sends_it_again(Mode mode)
    {
        var status = 500;
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await using var receiver = await Receiver.Start(context => Task.FromResult(context.Response.StatusCode = status));
        var hook = await service.Hook(receiver.Url);
        var ping = await service.Ping(hook.Id);
        await service.DeliveryWhen(hook.Id, ping.Id, delivery => delivery is { State: "waiting", Attempts: 1 });
        await service.Hasten(ping.Id, attempts: 9);
        var dead = await service.DeliveryWhen(hook.Id, ping.Id, delivery => delivery.State == "dead");
        Assert.Equal((10, "it answered 500", null), (dead.Attempts, dead.Error, dead.NextAttemptAt));
        Assert.NotNull(dead.EndedAt);
        var metrics = await service.Http.GetStringAsync("/metrics", Ct);
        Assert.Matches("""(?m)^plimsoll_webhook_attempts_total\{[^}]*outcome="retried"[^}]*\} 1""", metrics);
        Assert.Matches("""(?m)^plimsoll_webhook_attempts_total\{[^}]*outcome="dead"[^}]*\} 1""", metrics);
        status = 200;
        using var answer = await service.Http.PostAsync($"/v1/webhooks/{hook.Id}/deliveries/{ping.Id}/redeliver", null, Ct);
        var again = (await answer.Content.ReadFromJsonAsync<DeliveryBody>(Ct))!;
        Assert.Equal(answer.Headers.Location?.OriginalString, $"/v1/webhooks/{hook.Id}/deliveries/{again.Id}");
        var delivered = await service.DeliveryWhen(hook.Id, again.Id, delivery => delivery.State == "delivered");
        Assert.Equal((ping.Event, 1), (delivered.Event, delivered.Attempts));
        Assert.Equal("dead", (await service.Delivery(hook.Id, ping.Id)).State);
        var page = await service.Get<Page<DeliveryBody>>($"/v1/webhooks/{hook.Id}/deliveries?state=dead");
        Assert.Equal(ping.Id, Assert.Single(page.Items).Id);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        await using var elsewhere = await Receiver.Start();
        await using var receiver = await Receiver.Start(context => { context.Response.Redirect(elsewhere.Url, permanent: false, preserveMethod: true); return Task.CompletedTask; });
        var hook = await service.Hook(receiver.Url);
        var ping = await service.Ping(hook.Id);
        var waits = await service.DeliveryWhen(hook.Id, ping.Id, delivery => delivery is { State: "waiting", Attempts: 1 });
        Assert.Equal((307, "it answered 307, and redirects are not followed", 0), (waits.Status, waits.Error, elsewhere.Count));
    }

    [Fact]
    public async Task A_receiver_that_never_ends_is_given_up_and_holds_up_nobody_else()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis, ("WEBHOOK_TIMEOUT", "2"));
        await using var silent = await Receiver.Start(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var endless = await Receiver.Start(async context =>
        {
            context.Response.StatusCode = 200;
            for (var piece = new byte[100_000]; !context.RequestAborted.IsCancellationRequested;)
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        });
        await using var prompt = await Receiver.Start();
        var (mute, chatty, good) = (await service.Hook(silent.Url), await service.Hook(endless.Url), await service.Hook(prompt.Url));
        var hung = new List<DeliveryBody>();
        for (var i = 0; i < 20; i++)
            hung.Add(await service.Ping(mute.Id));
        var (talk, ping) = (await service.Ping(chatty.Id), await service.Ping(good.Id));
        await service.DeliveryWhen(good.Id, ping.Id, delivery => delivery.State == "delivered");
        // More than a beginning is not read of an answer, and its status counts.
        Assert.Equal(200, (await service.DeliveryWhen(chatty.Id, talk.Id, delivery => delivery.State == "delivered")).Status);
        Assert.Equal(0, (await service.Delivery(mute.Id, hung[^1].Id)).Attempts);
        var given = await service.DeliveryWhen(mute.Id, hung[0].Id, delivery => delivery is { State: "waiting", Attempts: 1 });
        Assert.Equal((null, "it did not answer within 2 s"), (given.Status, given.Error));
        Assert.InRange(given.Duration!.Value, 1900, 8000);
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_is_tried_again_after_some_seconds()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        var hook = await service.Hook($"http://127.0.0.1:{Server.FreePort()}/");
        var ping = await service.Ping(hook.Id);
        var waits = await service.DeliveryWhen(hook.Id, ping.Id, delivery => delivery is { State: "waiting", Attempts: 1 });
        Assert.Contains("refused", waits.Error, StringComparison.OrdinalIgnoreCase);
        Assert.InRange((waits.NextAttemptAt - waits.AttemptedAt)!.Value.TotalSeconds, 4, 8);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task The_log_is_paged_from_the_newest(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await using var receiver = await Receiver.Start();
        var hook = await service.Hook(receiver.Url);
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
            ids.Add((await service.Ping(hook.Id)).Id);
        var seen = new List<Guid>();
        for (var path = $"/v1/webhooks/{hook.Id}/deliveries?size=2"; ;)
        {
            var page = await service.Get<Page<DeliveryBody>>(path);
            seen.AddRange(page.Items.Select(item => item.Id));
            if (page.Next is not { } next)
                break;
            path = string.Create(CultureInfo.InvariantCulture, $"/v1/webhooks/{hook.Id}/deliveries?size=2&cursor={next}");
        }
        // Within one millisecond, in the order of their ids.
        Assert.Equal(ids.OrderDescending(), seen);
    }

    [Fact]
    public void The_time_between_attempts_grows_and_is_never_the_same_for_all()
    {
        var waits = Enumerable.Range(1, 10).Select(attempt => Enumerable.Range(0, 100).Select(_ => Store.Webhooks.DeliveryBackoff.After(attempt, Guid.NewGuid()).TotalSeconds).ToList()).ToList();
        Assert.All(waits[0], seconds => Assert.InRange(seconds, 4, 6));
        Assert.All(waits[3], seconds => Assert.InRange(seconds, 108, 162));
        Assert.All(waits[9], seconds => Assert.InRange(seconds, 4.8 * 3600, 7.2 * 3600));
        Assert.All(waits, one => Assert.True(one.Distinct().Count() > 50));
    }
}
