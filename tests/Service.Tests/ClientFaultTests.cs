using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Plimsoll.Client;
using Plimsoll.Client.Inspections;
using Plimsoll.Engine.Tests.Samples;
using static Plimsoll.Service.Tests.Samples.ScriptedServer;

namespace Plimsoll.Service.Tests;

/// <summary>The client against a server that fails it, in all the ways that a network has.</summary>
public sealed class ClientFaultTests
{
    const string Busy = """{"type":"/problems/database-unavailable","title":"The database cannot be reached","status":503,"detail":"nothing was lost"}""";
    const string Id = "0198a5f0-0000-7000-8000-000000000001";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static string Inspection(string state) =>
        $$"""{"id":"{{Id}}","state":"{{state}}","image":null,"upload":null,"platforms":null,"submitter":"t","attempts":1,"submittedAt":"2026-01-01T00:00:00Z","startedAt":null,"finishedAt":null,"error":null,"remedy":null,"images":[],"newer":1}""";

    static string Event(string state) => $$"""{"inspection":{{Inspection(state)}},"layer":null}""";

    [Fact]
    public async Task An_upload_that_is_cut_in_the_middle_is_sent_again_as_a_whole_under_the_same_key()
    {
        using var folder = new TemporaryFolder();
        byte[] content = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * i >> 8))];
        byte[]? received = null;
        await using var server = await Start(CutsAfter(1_000_000), async context =>
        {
            received = await SHA256.HashDataAsync(context.Request.Body);
            await Says(202, Inspection("queued"))(context);
        });
        using var client = server.Client();
        var sent = new List<long>();
        var inspection = await client.Inspections.Submit(Archive.OfFile(folder.Write("web.tar", content)), ["linux/amd64", "linux/arm64"], new Told<long>(sent.Add), Ct);
        Assert.Equal(Guid.Parse(Id), inspection.Id);
        Assert.Equal(SHA256.HashData(content), received);
        Assert.Equal(content.Length, sent[^1]);
        Assert.Collection(server.Requests,
            first => Assert.Equal("/v1/inspections?platform=linux%2Famd64&platform=linux%2Farm64", first.Path),
            second => Assert.Equal("Bearer the-token-of-this-test", second.Authorization));
        Assert.NotEqual("", Assert.Single(server.Requests.Select(request => request.IdempotencyKey).Distinct()));
    }

    [Fact]
    public async Task A_post_whose_answer_was_lost_is_made_again_under_the_same_key_and_the_next_one_under_another()
    {
        await using var server = await Start(LosesTheAnswer, Says(202, Inspection("queued")));
        using var client = server.Client();
        await client.Inspections.Submit(new InspectionRequestBody("web:1"), Ct);
        await client.Inspections.Submit(new InspectionRequestBody("web:1"), Ct);
        Assert.Equal([2, 1], server.Requests.GroupBy(request => request.IdempotencyKey).Select(group => group.Count()));
    }

    [Fact]
    public async Task An_answer_that_is_cut_in_the_middle_is_asked_for_again()
    {
        await using var server = await Start(SaysHalf(Inspection("running")), Says(200, Inspection("running")));
        using var client = server.Client();
        Assert.Equal("running", (await client.Inspections.Get(Guid.Parse(Id), Ct)).State);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_is_waited_for()
    {
        await using var server = await Start(Says(429, """{"type":"/problems/too-many","title":"Too many","status":429}""", ("Retry-After", "2")), Says(200, Inspection("queued")));
        using var client = server.Client();
        await client.Inspections.Get(Guid.Parse(Id), Ct);
        var waited = TimeProvider.System.GetElapsedTime(server.Requests.First().At, server.Requests.Last().At);
        Assert.InRange(waited, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_server_that_is_away_for_a_moment_costs_nothing_but_time()
    {
        await using var server = await Start(Says(503, Busy, ("Retry-After", "0")), Says(502, "", ("Retry-After", "0")), Says(200, """{"items":[],"next":null}"""));
        using var client = server.Client();
        Assert.Empty((await client.Images.Page(null, 10, Ct)).Items);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_stays_away_is_told_of_with_its_own_words()
    {
        await using var server = await Start(Says(503, Busy, ("Retry-After", "0")));
        using var client = server.Client(options => options with { Attempts = 3 });
        var error = await Assert.ThrowsAsync<PlimsollException>(() => client.Version(Ct));
        Assert.Equal((503, "database-unavailable", "The database cannot be reached", "nothing was lost", TimeSpan.Zero), (error.Status, error.Type, error.Title, error.Detail, error.RetryAfter));
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(429, "3600", true)]
    [InlineData(500, null, false)]
    [InlineData(404, null, false)]
    public async Task What_will_not_be_better_soon_is_not_tried_again(int status, string? retryAfter, bool passing)
    {
        await using var server = await Start(Says(status, "no problem document", retryAfter is null ? [] : [("Retry-After", retryAfter)]));
        using var client = server.Client();
        var error = await Assert.ThrowsAsync<PlimsollException>(() => client.Version(Ct));
        Assert.Equal((status, null, passing), (error.Status, error.Type, error.IsPassing));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_stream_that_can_be_read_once_is_sent_once()
    {
        await using var server = await Start(CutsAfter(1000), Says(202, Inspection("queued")));
        using var client = server.Client();
        var error = await Assert.ThrowsAsync<PlimsollException>(() => client.Inspections.Submit(Archive.OfStream(new MemoryStream(new byte[3_000_000])), [], null, Ct));
        Assert.Null(error.Status);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_refusal_comes_before_the_archive_is_sent()
    {
        await using var server = await Start(async context =>
        {
            context.Response.StatusCode = 401;
            context.Response.ContentType = "application/problem+json";
            await context.Response.WriteAsync("""{"type":"/problems/not-signed-in","title":"A token is needed","status":401}""");
        });
        using var client = server.Client();
        var sent = 0L;
        var error = await Assert.ThrowsAsync<PlimsollException>(
            () => client.Inspections.Submit(Archive.OfStream(new MemoryStream(new byte[50_000_000])), [], new Told<long>(total => sent = total), Ct));
        Assert.Equal((401, "not-signed-in"), (error.Status, error.Type));
        Assert.Equal(0, sent);
    }

    [Fact]
    public async Task An_archive_that_cannot_be_read_is_no_fault_of_the_server()
    {
        await using var server = await Start(Says(202, Inspection("queued")));
        using var client = server.Client();
        var archive = new Archive((_, _) => throw new IOException("the disk is broken"), 1000, MayRepeat: true);
        Assert.Equal("the disk is broken", (await Assert.ThrowsAsync<IOException>(() => client.Inspections.Submit(archive, [], null, Ct))).Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_redirect_is_told_and_not_followed_so_that_the_token_goes_nowhere_else()
    {
        await using var other = await Start(Says(200, "{}"));
        await using var server = await Start(Says(307, "", ("Location", other.Address.AbsoluteUri)));
        using var client = server.Client();
        var error = await Assert.ThrowsAsync<PlimsollException>(() => client.Version(Ct));
        Assert.Contains(other.Address.Authority, error.Message, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task What_is_no_answer_of_ours_is_said_to_be_none()
    {
        await using var server = await Start(Says(200, "<html>welcome</html>"));
        using var client = server.Client();
        Assert.Contains("not one of Plimsoll's", (await Assert.ThrowsAsync<PlimsollException>(() => client.Version(Ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comparing_and_resolving_ask_for_what_they_are_given()
    {
        await using var server = await Start(
            Says(200, """{"image":"docker.io/library/web:1","digest":"sha256:1","platforms":[{"platform":"linux/amd64","digest":"sha256:2"}]}"""),
            Says(200, """{"base":{"reference":null,"configDigest":"sha256:0000000000000000000000000000000000000000000000000000000000000000","platform":"linux/amd64","size":1,"layers":1,"efficiency":1,"waste":0},"head":null,"sharedLayers":3,"files":[],"newFindings":[],"fixedFindings":[],"newSecrets":[],"fixedSecrets":[],"packages":[]}"""));
        using var client = server.Client();
        Assert.Equal([new("linux/amd64", "sha256:2")], (await client.Images.Resolve("web:1&x", Ct)).Platforms);
        Assert.Equal(3, (await client.Images.Compare("sha256:1", "sha256:2", Ct)).SharedLayers);
        Assert.Equal(["/v1/resolve?image=web:1%26x", "/v1/compare?base=sha256:1&head=sha256:2"], server.Requests.Select(request => request.Path.Replace("%3A", ":", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Waiting_goes_on_through_cut_events_and_a_server_that_is_away()
    {
        var running = new TaskCompletionSource();
        await using var server = await Start(
            Says(200, Inspection("queued")), Tells(running.Task, Event("queued"), "{\"new\":", Event("running")), Says(503, Busy, ("Retry-After", "0")), Says(503, Busy, ("Retry-After", "0")),
            Says(200, Inspection("running")), Tells(Task.CompletedTask), Says(200, Inspection("succeeded")));
        using var client = server.Client(options => options with { Attempts = 2 });
        var states = new List<string>();
        var ended = await client.Inspections.Wait(Guid.Parse(Id), new Told<EventBody>(news =>
        {
            states.Add(news.Inspection!.State);
            if (states.Contains("running"))
                running.TrySetResult();
        }), Ct);
        Assert.Equal("succeeded", ended.State);
        Assert.Equal(["queued", "running", "succeeded"], states);
        Assert.Equal(["", $"{Event("running").Length}"], server.Requests.Where(request => request.Path.EndsWith("/events", StringComparison.Ordinal)).Select(request => request.LastEventId));
    }

    [Fact]
    public async Task Waiting_ends_when_the_server_stays_away()
    {
        await using var server = await Start(Says(200, Inspection("running")), Says(503, Busy, ("Retry-After", "0")));
        using var client = server.Client(options => options with { Attempts = 1, Outage = TimeSpan.FromMilliseconds(50) });
        Assert.Equal(503, (await Assert.ThrowsAsync<PlimsollException>(() => client.Inspections.Wait(Guid.Parse(Id), null, Ct))).Status);
    }

    [Fact]
    public async Task A_silent_server_is_left()
    {
        await using var server = await Start(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var client = server.Client(options => options with { Attempts = 2, Silence = TimeSpan.FromMilliseconds(200) });
        Assert.Null((await Assert.ThrowsAsync<PlimsollException>(() => client.Version(Ct))).Status);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task An_upload_of_any_size_takes_the_same_memory()
    {
        const long Size = 1L << 30;
        await using var server = await Start(Says(202, Inspection("queued")));
        using var client = server.Client();
        var (before, most) = (GC.GetTotalMemory(forceFullCollection: true), 0L);
        var archive = new Archive(
            async (output, ct) =>
            {
                var chunk = new byte[1 << 17];
                for (var left = Size; left > 0; left -= chunk.Length)
                    await output.WriteAsync(chunk, ct);
            }, Size, MayRepeat: false);
        var sent = new Told<long>(total => most = total % (1 << 24) == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: false)) : most);
        await client.Inspections.Submit(archive, [], sent, Ct);
        // Other tests run beside it: what would be kept of the body is four times this.
        Assert.InRange(most - before, long.MinValue, Size / 4);
    }

    /// <summary>Unlike Progress, tells at once.</summary>
    sealed class Told<T>(Action<T> what) : IProgress<T>
    {
        public void Report(T value) => what(value);
    }
}
