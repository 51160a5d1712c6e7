using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using k8s.Autorest;
using k8s.Models;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Cluster;

public sealed class ObjectFeedTests : IAsyncLifetime
{
    readonly WatchedClock _clock = new();
    FakeApiServer _server = null!;
    ObjectFeed<V1Deployment> _feed = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.Start();
        _feed = new ObjectFeed<V1Deployment>(_server.Client(), Sample.Deployments) { Clock = _clock };
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // The API server takes objects that are far deeper than any of their types.
    [Fact]
    public async Task An_object_that_is_too_deep_takes_no_other_with_it()
    {
        var deep = Sample.Deployment("deep", "7", "a");
        deep["spec"]!["deep"] = JsonNode.Parse(new string('[', 500) + new string(']', 500), documentOptions: new System.Text.Json.JsonDocumentOptions { MaxDepth = 1000 });
        string Text(JsonNode thing) => thing.ToJsonString(new System.Text.Json.JsonSerializerOptions { MaxDepth = 1000 });
        _server.OnList(context => context.Response.WriteAsync($$"""{"metadata":{"resourceVersion":"7"},"items":[{{Text(deep)}},{{Sample.Deployment("one", "6", "b").ToJsonString()}}]}"""));
        _server.OnWatch(Answer.Watch($$"""{"type":"MODIFIED","object":{{Text(deep)}}}"""));

        var listing = await _feed.List(Patience.Ct);

        Assert.Equal(["one"], listing.Items.Select(one => one.Metadata.Name));
        Assert.Single(listing.Unread);
        Assert.Equal(WatchKind.Undecodable, Assert.Single(await Watch("7")).Kind);
    }

    [Fact]
    public async Task A_watch_that_ends_without_events_is_no_fault()
    {
        _server.OnWatch(Answer.Watch());

        Assert.Empty(await Watch("7"));
    }

    [Fact]
    public async Task A_watch_asks_for_bookmarks_from_its_version_and_for_its_end()
    {
        _server.OnWatch(Answer.Watch());

        await Watch("7 & 8");

        Assert.Matches(@"^GET /apis/apps/v1/deployments\?watch=true&allowWatchBookmarks=true&timeoutSeconds=[3-6]\d\d&resourceVersion=7%20%26%208$", await _server.Request());
    }

    [Fact]
    public async Task The_first_event_comes_while_no_second_one_has()
    {
        _server.OnWatch(Answer.WatchAndHold(Sample.Frame("ADDED", Sample.Deployment("one", "8", "a"))));

        await using var events = _feed.Watch("7", Patience.Ct).GetAsyncEnumerator(Patience.Ct);

        Assert.True(await events.MoveNextAsync().Soon());
        Assert.Equal((WatchKind.Added, "one", "8"), (events.Current.Kind, events.Current.Object!.Metadata.Name, events.Current.ResourceVersion));
    }

    [Fact]
    public async Task A_bookmark_has_a_version_and_no_object()
    {
        _server.OnWatch(Answer.Watch(Sample.Bookmark("9")));

        Assert.Equal(new WatchEvent<V1Deployment>(WatchKind.Bookmark, null, "9"), Assert.Single(await Watch("7")));
    }

    [Fact]
    public async Task An_error_event_tells_its_code()
    {
        _server.OnWatch(Answer.Watch(Sample.Gone()));

        Assert.Equal((WatchKind.Error, 410), Assert.Single(await Watch("7")) is var told ? (told.Kind, told.Code) : default);
    }

    [Theory]
    [InlineData(410)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_refusal_of_the_request_is_thrown_with_its_code(int code)
    {
        _server.OnWatch(Answer.Refuse(code, "Refused"));

        var refusal = await Assert.ThrowsAsync<HttpOperationException>(() => Watch("7"));

        Assert.Equal(code, (int)refusal.Response.StatusCode);
    }

    [Theory]
    [InlineData(17, 17)]
    [InlineData(2_000_000_000, 300)]
    public async Task What_the_server_asks_to_wait_is_heard_within_reason(int asked, int heard)
    {
        _server.OnWatch(Answer.Refuse(429, "TooManyRequests", asked));

        var refusal = await Assert.ThrowsAsync<HttpOperationException>(() => Watch("7"));

        Assert.Equal(TimeSpan.FromSeconds(heard), refusal.RetryAfter());
    }

    [Fact]
    public async Task A_connection_that_breaks_in_a_line_brings_what_came_before_and_then_throws()
    {
        _server.OnWatch(Answer.WatchAndCut(Sample.Frame("ADDED", Sample.Deployment("one", "8", "a"))));
        var heard = new List<WatchEvent<V1Deployment>>();

        var broken = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (var happened in _feed.Watch("7", Patience.Ct))
                heard.Add(happened);
        });

        Assert.True(broken.IsOfTheServer(Patience.Ct), broken.ToString());
        Assert.True(heard.Count <= 1 && heard.All(one => one.Kind == WatchKind.Added));
    }

    [Theory]
    [InlineData("""{"type":"ADDED","object":{"metadata":{"name":"a","namespace":"shop","resourceVersion":"8"},"spec":{"replicas":"three"}}}""")]
    [InlineData("""{"type":"ADDED","object":{"metadata":{"namespace":"shop","resourceVersion":"8"}}}""")]
    [InlineData("""{"type":"ADDED","object":{"metadata":{"name":"a","namespace":"shop"}}}""")]
    [InlineData("""{"type":"ADDED","object":null}""")]
    [InlineData("""{"type":"ADDED"}""")]
    [InlineData("""{"type":7,"object":{}}""")]
    [InlineData("""{"type":"PAINTED","object":{}}""")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task A_line_that_is_no_event_is_told_as_such(string line)
    {
        _server.OnWatch(Answer.Watch(line));

        Assert.Equal(WatchKind.Undecodable, Assert.Single(await Watch("7")).Kind);
    }

    [Fact]
    public async Task A_silent_watch_is_given_up()
    {
        _server.OnWatch(Answer.WatchAndHold(Sample.Bookmark("8")));
        await using var events = _feed.Watch("7", Patience.Ct).GetAsyncEnumerator(Patience.Ct);
        Assert.True(await events.MoveNextAsync().Soon());
        var next = events.MoveNextAsync();

        _clock.Advance(TimeSpan.FromSeconds(329));
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(302));

        Assert.False(await next.Soon());
    }

    [Fact]
    public async Task Pages_make_one_list_with_its_version()
    {
        _server.OnList(Answer.Json(Sample.List("5", "more/1", Sample.Deployment("one", "3", "a"))), Answer.Json(Sample.List("5", null, Sample.Deployment("two", "4", "b"))));

        var list = await _feed.List(Patience.Ct);

        Assert.Equal(["one", "two"], list.Items.Select(one => one.Metadata.Name));
        Assert.Equal("5", list.ResourceVersion);
        Assert.Equal("GET /apis/apps/v1/deployments?limit=500", await _server.Request());
        Assert.Equal("GET /apis/apps/v1/deployments?limit=500&continue=more%2F1", await _server.Request());
    }

    [Fact]
    public async Task When_the_token_of_a_page_expires_everything_is_asked_for_at_once()
    {
        _server.OnList(
            Answer.Json(Sample.List("5", "more", Sample.Deployment("old", "3", "a"))), Answer.Refuse(410, "Expired"), Answer.Json(Sample.List("6", null, Sample.Deployment("new", "6", "b"))));

        var list = await _feed.List(Patience.Ct);

        Assert.Equal("new", Assert.Single(list.Items).Metadata.Name);
        Assert.Equal("6", list.ResourceVersion);
        Assert.Contains("limit", await _server.Request());
        Assert.Contains("continue", await _server.Request());
        Assert.DoesNotContain("limit", await _server.Request());
    }

    [Fact]
    public async Task An_item_that_cannot_be_read_is_left_out_and_the_others_stay()
    {
        _server.OnList(Answer.Json(Sample.List("5", null, Sample.Deployment("one", "3", "a"), Sample.Unreadable("bad", "4"), Sample.Deployment("two", "5", "b"))));

        var list = await _feed.List(Patience.Ct);

        Assert.Equal(["one", "two"], list.Items.Select(one => one.Metadata.Name));
        Assert.Single(list.Unread);
    }

    [Fact]
    public async Task What_the_items_of_a_list_do_not_say_is_known_and_what_nobody_reads_is_dropped()
    {
        var item = Sample.Deployment("one", "3", "a");
        item["metadata"]!["managedFields"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["manager"] = "kubectl" });
        _server.OnList(Answer.Json(Sample.List("5", null, item)));

        var read = Assert.Single((await _feed.List(Patience.Ct)).Items);

        Assert.Equal(("apps/v1", "Deployment"), (read.ApiVersion, read.Kind));
        Assert.Null(read.Metadata.ManagedFields);
    }

    [Fact]
    public async Task A_page_that_does_not_end_is_given_up()
    {
        _server.OnList(Answer.WatchAndHold("""{"items":["""));
        var list = _feed.List(Patience.Ct);
        await _server.Request();

        _clock.Advance(TimeSpan.FromMinutes(2));

        var broken = await Assert.ThrowsAnyAsync<Exception>(() => list.Soon());
        Assert.True(broken.IsOfTheServer(Patience.Ct), broken.ToString());
    }

    Task<List<WatchEvent<V1Deployment>>> Watch(string version) => _feed.Watch(version, Patience.Ct).ToListAsync(Patience.Ct).AsTask().Soon();
}
