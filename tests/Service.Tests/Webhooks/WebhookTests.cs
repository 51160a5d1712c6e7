using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Client;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Settings;

namespace Plimsoll.Service.Tests.Webhooks;

public sealed class WebhookTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task An_inspection_that_succeeded_is_told_so_that_the_receiver_can_trust_it(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await using var receiver = await Receiver.Start();
        var hook = await service.Hook(receiver.Url);
        var inspection = await service.Inspect(TinyImage.Archive(1));
        var told = await receiver.Next();
        Assert.True(told.IsGenuine(hook.Secret, DateTimeOffset.UnixEpoch.AddSeconds(long.Parse(told.Timestamp))));
        Assert.False((told with { Body = [.. told.Body, (byte)' '] }).IsGenuine(hook.Secret, DateTimeOffset.UnixEpoch.AddSeconds(long.Parse(told.Timestamp))));
        Assert.False(told.IsGenuine(hook.Secret, DateTimeOffset.UnixEpoch.AddSeconds(long.Parse(told.Timestamp) + 301)), "an old one is a replay");
        Assert.Equal(("inspection.succeeded", told.Id), (told.Type, told.Json.GetProperty("id").GetString()));
        var data = told.Json.GetProperty("data");
        Assert.Equal((inspection.Id, "succeeded"), (data.GetProperty("inspection").GetProperty("id").GetGuid(), data.GetProperty("inspection").GetProperty("state").GetString()));
        Assert.Equal((Assert.Single(inspection.Images), "linux/amd64"), (data.GetProperty("images")[0].GetProperty("digest").GetString(), data.GetProperty("images")[0].GetProperty("platform").GetString()));
        Assert.Equal(inspection.FinishedAt, data.GetProperty("inspection").GetProperty("finishedAt").GetDateTimeOffset());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_webhook_hears_of_the_types_that_it_chose(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await using var all = await Receiver.Start();
        await using var failures = await Receiver.Start();
        await service.Hook(all.Url);
        await service.Hook(failures.Url, "inspection.failed");
        await service.Inspect(TinyImage.Archive(1));
        Assert.Equal("inspection.succeeded", (await all.Next()).Type);
        var failed = await service.Inspect([0x1f, 0x8b, .. new byte[100]]);
        var told = await failures.Next();
        Assert.Equal(("inspection.failed", failed.Error), (told.Type, told.Json.GetProperty("data").GetProperty("inspection").GetProperty("error").GetString()));
        Assert.Equal((await all.Next()).Id, told.Id);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_cancelled_inspection_is_told_once(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis, ("WORKERS", "1"), ("REGISTRY_ALLOW_PRIVATE", "127.0.0.1"));
        await using var receiver = await Receiver.Start();
        var hook = await service.Hook(receiver.Url, "inspection.cancelled");
        // A registry that no address has: the inspection waits for its next attempt.
        using var sent = await service.Http.PostAsJsonAsync("/v1/inspections", new InspectionRequestBody("127.0.0.1:1/none:1"), Ct);
        var id = (await sent.Content.ReadFromJsonAsync<InspectionBody>(Ct))!.Id;
        using var cancelled = await service.Http.DeleteAsync($"/v1/inspections/{id}", Ct);
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        using var again = await service.Http.DeleteAsync($"/v1/inspections/{id}", Ct);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(id, (await receiver.Next()).Json.GetProperty("data").GetProperty("inspection").GetProperty("id").GetGuid());
        Assert.Single((await service.Get<Page<DeliveryBody>>($"/v1/webhooks/{hook.Id}/deliveries")).Items);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_secret_is_shown_once_kept_encrypted_and_signs_for_a_day_after_its_rotation(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await using var receiver = await Receiver.Start();
        var hook = await service.Hook(receiver.Url);
        Assert.DoesNotContain(hook.Secret, (await service.Json("/v1/webhooks")).GetRawText() + (await service.Json($"/v1/webhooks/{hook.Id}")).GetRawText(), StringComparison.Ordinal);
        var key = Convert.FromBase64String(hook.Secret["whsec_".Length..]);
        await using (var db = await service.Database())
        {
            var stored = (await db.Webhooks.SingleAsync(Ct)).Secret;
            Assert.Equal(-1, stored.AsSpan().IndexOf(key));
            Assert.Equal(key, service.Services.GetRequiredService<SecretKeys>().DecryptWebhook(stored));
        }
        using var answer = await service.Http.PostAsync($"/v1/webhooks/{hook.Id}/rotate", null, Ct);
        var rotated = (await answer.Content.ReadFromJsonAsync<RotatedSecretBody>(Ct))!;
        await service.Ping(hook.Id);
        var told = await receiver.Next();
        var now = DateTimeOffset.FromUnixTimeSeconds(long.Parse(told.Timestamp));
        Assert.True(told.IsGenuine(hook.Secret, now) && told.IsGenuine(rotated.Secret, now) && hook.Secret != rotated.Secret);
        await using (var db = await service.Database())
            await db.Webhooks.ExecuteUpdateAsync(set => set.SetProperty(row => row.PreviousUntil, DateTimeOffset.UnixEpoch), Ct);
        await service.Ping(hook.Id);
        told = await receiver.Next();
        Assert.True(!told.IsGenuine(hook.Secret, now) && told.IsGenuine(rotated.Secret, now));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_webhook_is_made_listed_replaced_disabled_and_deleted(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await using var receiver = await Receiver.Start();
        var hook = await service.Hook("https://receiver.example/a");
        Assert.Equal(hook.Id, Assert.Single((await service.Get<Page<WebhookBody>>("/v1/webhooks")).Items).Id);
        using var put = await service.Http.PutAsJsonAsync($"/v1/webhooks/{hook.Id}", new WebhookRequestBody(receiver.Url, ["inspection.failed"], "of the team", false), Ct);
        var replaced = (await put.Content.ReadFromJsonAsync<WebhookBody>(Ct))!;
        Assert.Equal((receiver.Url, "of the team", false, "inspection.failed"), (replaced.Url, replaced.Description, replaced.Enabled, Assert.Single(replaced.Events!)));
        using var ping = await service.Http.PostAsync($"/v1/webhooks/{hook.Id}/ping", null, Ct);
        Assert.Equal(HttpStatusCode.Conflict, ping.StatusCode);
        await service.Inspect([0x1f, 0x8b, .. new byte[100]]);
        Assert.Empty((await service.Get<Page<DeliveryBody>>($"/v1/webhooks/{hook.Id}/deliveries")).Items);
        using var deleted = await service.Http.DeleteAsync($"/v1/webhooks/{hook.Id}", Ct);
        using var again = await service.Http.DeleteAsync($"/v1/webhooks/{hook.Id}", Ct);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, again.StatusCode));
    }

    [Theory]
    [InlineData("{}"), InlineData("[]"), InlineData("null"), InlineData("{"), InlineData("{\"url\":null}"), InlineData("{\"url\":\"\"}"), InlineData("{\"url\":\"receiver\"}"), InlineData("{\"url\":\"ftp://receiver.example/\"}")]
    [InlineData("{\"url\":\"https://\"}"), InlineData("{\"url\":\"https://user:password@receiver.example/\"}"), InlineData("{\"url\":\"https://receiver.example/#part\"}"), InlineData("{\"url\":\"https://receiver.example/\\u0000\"}")]
    [InlineData("{\"url\":\"http://10.0.0.1/\"}"), InlineData("{\"url\":\"http://169.254.169.254/latest\"}"), InlineData("{\"url\":\"http://[fd00:ec2::254]/\"}"), InlineData("{\"url\":\"http://[::ffff:192.168.0.1]/\"}"), InlineData("{\"url\":\"http://0x0a000001/\"}"), InlineData("{\"url\":\"http://0.0.0.0/\"}")]
    [InlineData("{\"url\":\"https://receiver.example/\",\"events\":[]}"), InlineData("{\"url\":\"https://receiver.example/\",\"events\":[\"inspection.unheard\"]}"), InlineData("{\"url\":\"https://receiver.example/\",\"events\":[null]}")]
    [InlineData("{\"url\":\"https://receiver.example/\",\"description\":\"\\u0000\"}"), InlineData("{\"url\":\"https://receiver.example/\",\"description\":\"\\ud800\"}"), InlineData("{\"url\":\"https://receiver.example/\",\"unheard\":1}")]
    public async Task A_bad_request_is_refused(string body)
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        var hook = await service.Hook("https://receiver.example/");
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/v1/webhooks"), (HttpMethod.Put, $"/v1/webhooks/{hook.Id}") })
        {
            using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            using var answer = await service.Http.SendAsync(request, Ct);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task There_may_be_a_hundred_webhooks_and_no_more()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        for (var i = 0; i < 100; i++)
            await service.Hook($"https://receiver.example/{i}");
        using var answer = await service.Http.PostAsJsonAsync("/v1/webhooks", new WebhookRequestBody("https://receiver.example/"), Ct);
        Assert.Equal((HttpStatusCode.Conflict, "/problems/too-many-webhooks"), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString()));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_webhook_that_is_deleted_while_it_is_used_disturbs_nobody(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await using var receiver = await Receiver.Start();
        for (var round = 0; round < 8; round++)
        {
            var hook = await service.Hook(receiver.Url);
            var inspection = service.Inspect(TinyImage.Archive(round));
            var pings = Enumerable.Range(0, 4).Select(_ => service.Http.PostAsync($"/v1/webhooks/{hook.Id}/ping", null, Ct)).ToList();
            using var deleted = await service.Http.DeleteAsync($"/v1/webhooks/{hook.Id}", Ct);
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
            Assert.All(await Task.WhenAll(pings), answer => Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.NotFound, $"{answer.StatusCode}"));
            Assert.Equal(("succeeded", 1), ((await inspection).State, (await inspection).Attempts));
        }
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        var (hook, none) = ((await service.Hook("https://receiver.example/")).Id, Guid.NewGuid());
        foreach (var path in new[] { $"{none}", $"{none}/deliveries", $"{hook}/deliveries/{none}" })
            Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync($"/v1/webhooks/{path}", Ct)).StatusCode);
        foreach (var path in new[] { $"{none}/ping", $"{none}/rotate", $"{hook}/deliveries/{none}/redeliver" })
            Assert.Equal(HttpStatusCode.NotFound, (await service.Http.PostAsync($"/v1/webhooks/{path}", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.PutAsJsonAsync($"/v1/webhooks/{none}", new WebhookRequestBody("https://receiver.example/"), Ct)).StatusCode);
        foreach (var query in new[] { "cursor=x", "cursor=AAAA", "state=lost", "state=1" })
            Assert.Equal(HttpStatusCode.BadRequest, (await service.Http.GetAsync($"/v1/webhooks/{hook}/deliveries?{query}", Ct)).StatusCode);
    }
}
