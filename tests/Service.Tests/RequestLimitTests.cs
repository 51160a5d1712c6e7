using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Plimsoll.Api.Requests;
using Plimsoll.Client;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Requests;
using StackExchange.Redis;

namespace Plimsoll.Service.Tests;

public sealed class RequestLimitTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Who_sends_more_than_the_rate_is_told_to_wait_and_others_are_not(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis, ("RATE_LIMIT", "1:10"));
        using var made = await service.Http.PostAsJsonAsync("/v1/tokens", new NewTokenBody($"other-{Guid.NewGuid():N}", "read"), Ct);
        var other = (await made.Content.ReadFromJsonAsync<MadeTokenBody>(Ct))!.Token;
        HttpResponseMessage answer;
        var sent = 0;
        do
            answer = await service.Http.GetAsync("/v1/policies", Ct);
        while (answer.StatusCode == HttpStatusCode.OK && ++sent < 1000);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(sent, 0, 15);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 2);
        Assert.Equal(("10", "0"), (Assert.Single(answer.Headers.GetValues("RateLimit-Limit")), Assert.Single(answer.Headers.GetValues("RateLimit-Remaining"))));
        Assert.Contains("too-many-requests", await answer.Content.ReadAsStringAsync(Ct));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/policies") { Headers = { Authorization = new("Bearer", other) } };
        Assert.Equal(HttpStatusCode.OK, (await service.Anonymous.SendAsync(request, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Anonymous.GetAsync("/health/ready", Ct)).StatusCode);
    }

    [Fact]
    public async Task Wrong_tokens_of_one_address_are_soon_not_even_looked_at()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis, ("RATE_LIMIT", "50:500"));
        var answers = new List<HttpStatusCode>();
        for (var guess = 0; guess < 60; guess++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/images") { Headers = { Authorization = new("Bearer", $"plim_guess{guess}") } };
            answers.Add((await service.Anonymous.SendAsync(request, Ct)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.Unauthorized, answers[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync("/v1/images", Ct)).StatusCode);
    }

    [Fact]
    public async Task The_address_of_a_caller_is_the_connections_unless_a_trusted_proxy_says_otherwise()
    {
        foreach (var (trusted, refused) in new[] { ("", true), ("127.0.0.0/8,::1/128", false) })
        {
            await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis, ("RATE_LIMIT", "1:5"), ("TRUSTED_PROXIES", trusted));
            var last = HttpStatusCode.OK;
            for (var i = 0; i < 12; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/images") { Headers = { { "X-Forwarded-For", $"203.0.113.{i}" } } };
                last = (await service.Anonymous.SendAsync(request, Ct)).StatusCode;
            }
            Assert.Equal(refused ? HttpStatusCode.TooManyRequests : HttpStatusCode.Unauthorized, last);
        }
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7"), InlineData("::ffff:203.0.113.7", "203.0.113.7"), InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void An_address_of_version_6_counts_as_its_network(string address, string counted) => Assert.Equal(counted, RateLimits.Network(IPAddress.Parse(address)));

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_bucket_holds_its_burst_and_fills_at_its_rate(bool shared)
    {
        Assert.SkipWhen(shared && redis.Missing is not null, redis.Missing ?? "");
        var clock = new FakeTimeProvider();
        ConnectionMultiplexer? connection = shared ? await ConnectionMultiplexer.ConnectAsync(new Uri(redis.Url).Authority) : null;
        IBuckets buckets = connection is null ? new LocalBuckets(clock) : new RedisBuckets(connection, new LocalBuckets(clock));
        // By Redis's clock nothing can be waited for: what fills in a moment, and what does not in a test's time.
        var (name, slow) = ($"test-{Guid.NewGuid():N}", new Rate(0.001, 3));
        for (var left = 2; left >= 0; left--)
            Assert.Equal(left, (await buckets.Take(name, slow, 1, Ct)).Left);
        var refused = await buckets.Take(name, slow, 1, Ct);
        Assert.False(refused.Allowed);
        Assert.InRange(refused.Wait.TotalSeconds, 900, 1000);
        Assert.True((await buckets.Take($"{name}-other", slow, 3, Ct)).Allowed);
        if (connection is not null)
        {
            Assert.InRange((await connection.GetDatabase().KeyTimeToLiveAsync($"plimsoll:bucket:{name}"))!.Value.TotalSeconds, 2990, 3002);
            await connection.DisposeAsync();
            return;
        }
        clock.Advance(TimeSpan.FromSeconds(2500));
        Assert.Equal((true, 1), ((await buckets.Take(name, slow, 1, Ct)) is var again ? (again.Allowed, again.Left) : default));
    }

    [Fact]
    public async Task Many_addresses_do_not_fill_the_memory()
    {
        var buckets = new LocalBuckets(new FakeTimeProvider());
        for (var i = 0; i < LocalBuckets.Most + 1000; i++)
            await buckets.Take($"address:{i}", new Rate(1, 10), 1, Ct);
        // The latecomers share one bucket, which is empty by now.
        Assert.False((await buckets.Take("address:new", new Rate(1, 10), 1, Ct)).Allowed);
        Assert.True((await buckets.Take("address:1", new Rate(1, 10), 1, Ct)).Allowed);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_request_with_a_key_is_done_once_and_answered_the_same(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var (key, name) = (Guid.NewGuid().ToString(), $"ci-{Guid.NewGuid():N}");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Post(service, key, $"{{\"name\":\"{name}\",\"scope\":\"read\"}}")));
        // Those that came while the first was under way are told so, and get its answer when they come again.
        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.Conflict, $"{answer.Status} {answer.Body}"));
        var first = Assert.Single(answers.Where(answer => answer.Status == HttpStatusCode.Created).Select(answer => answer.Body).Distinct());
        Assert.Equal((HttpStatusCode.Created, first), await Post(service, key, $"{{\"name\":\"{name}\",\"scope\":\"read\"}}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post(service, key, $"{{\"name\":\"{name}\",\"scope\":\"admin\"}}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(service, "with space", "{}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(service, new string('k', 256), "{}")).Status);
        await using var db = await service.Database();
        Assert.Equal(1, await db.Tokens.CountAsync(token => token.Name == name, Ct));
        // The answer holds a token: what is stored of it cannot be read.
        var stored = await db.IdempotencyKeys.SingleAsync(row => row.Key == key, Ct);
        Assert.DoesNotContain("plim_", System.Text.Encoding.Latin1.GetString(stored.Body!));
    }

    static async Task<(HttpStatusCode Status, string Body)> Post(Samples.Service service, string key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/tokens") { Content = new StringContent(body, null, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var answer = await service.Http.SendAsync(request, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }
}
