using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Tests.Samples;
using System.Threading.Channels;

namespace Plimsoll.Operator.Tests.Cluster;

public sealed class ReflectorTests : IAsyncLifetime
{
    readonly WatchedClock _clock = new();
    readonly ObjectStore<V1Deployment> _store = new();
    readonly Channel<string> _changes = Channel.CreateUnbounded<string>();
    FakeApiServer _server = null!;
    Reflector<V1Deployment> _reflector = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.Start();
        _reflector = new Reflector<V1Deployment>(new ObjectFeed<V1Deployment>(_server.Client(), Sample.Deployments) { Clock = _clock }, _store, _clock, NullLogger<Reflector<V1Deployment>>.Instance);
        _store.Listen((before, now) => _changes.Writer.TryWrite($"{Tag(before)} → {Tag(now)}"));
    }

    public async ValueTask DisposeAsync()
    {
        await _reflector.StopAsync(CancellationToken.None);
        _reflector.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_watch_goes_on_from_the_list_and_an_empty_end_is_followed_by_a_pause_and_the_same_version()
    {
        _server.OnList(List("5"));
        _server.OnWatch(Answer.Watch(), Answer.WatchAndHold());
        await _reflector.StartAsync(Patience.Ct);

        Assert.EndsWith("resourceVersion=5", await _server.WatchRequest());
        await _clock.Pass(0.4, 0.8);
        Assert.EndsWith("resourceVersion=5", await _server.WatchRequest());
    }

    [Fact]
    public async Task Events_and_bookmarks_move_the_version()
    {
        _server.OnList(List("5"));
        _server.OnWatch(Answer.Watch(Sample.Frame("ADDED", Sample.Deployment("one", "6", "a"))), Answer.Watch(Sample.Bookmark("9")), Answer.WatchAndHold());
        await _reflector.StartAsync(Patience.Ct);

        await _server.WatchRequest();
        await _clock.Pass(0.4, 0.8);
        Assert.EndsWith("resourceVersion=6", await _server.WatchRequest());
        await _clock.Pass(0.4, 0.8);
        Assert.EndsWith("resourceVersion=9", await _server.WatchRequest());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_410_everything_is_listed_anew_and_what_is_gone_is_told_as_deleted(bool asEvent)
    {
        _server.OnList(List("5", Sample.Deployment("stays", "3", "a"), Sample.Deployment("goes", "4", "b")), List("50", Sample.Deployment("stays", "3", "a"), Sample.Deployment("comes", "40", "c")));
        _server.OnWatch(asEvent ? Answer.Watch(Sample.Gone()) : Answer.Refuse(410, "Expired"), Answer.WatchAndHold());
        await _reflector.StartAsync(Patience.Ct);

        Assert.Equal(["- → stays/3", "- → goes/4"], await Changes(2));
        await _clock.Pass(0.4, 0.8);
        Assert.Equal(["goes/4 → -", "- → comes/40"], await Changes(2));
        await _server.WatchRequest();
        Assert.EndsWith("resourceVersion=50", await _server.WatchRequest());
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_followed_by_a_list()
    {
        _server.OnList(List("5"), List("8", Sample.Deployment("other", "7", "b"), Sample.Unreadable("bad", "8")));
        _server.OnWatch(Answer.WatchAndHold(Sample.Frame("ADDED", Sample.Unreadable("bad", "8"))), Answer.WatchAndHold());
        await _reflector.StartAsync(Patience.Ct);

        await _clock.Pass(0.4, 0.8);
        Assert.Equal(["- → other/7"], await Changes(1));
    }

    [Fact]
    public async Task The_wait_that_the_server_asks_for_is_kept()
    {
        _server.OnList(Answer.Refuse(429, "TooManyRequests", 17), List("5"));
        _server.OnWatch(Answer.Refuse(429, "TooManyRequests", 19), Answer.WatchAndHold());
        await _reflector.StartAsync(Patience.Ct);

        Assert.Equal(17, (await _clock.Pass(0, 20)).TotalSeconds);
        Assert.Equal(19, (await _clock.Pass(0, 20)).TotalSeconds);
        await _server.WatchRequest();
        Assert.EndsWith("resourceVersion=5", await _server.WatchRequest());
    }

    [Fact]
    public async Task Pauses_between_failures_grow_up_to_half_a_minute()
    {
        _server.OnList([.. Enumerable.Repeat(Answer.Refuse(500, "InternalError"), 9)]);
        await _reflector.StartAsync(Patience.Ct);

        var pauses = new List<double>();
        for (var i = 0; i < 9; i++)
            pauses.Add((await _clock.Pass(0, 30)).TotalSeconds);

        Assert.All(pauses.Select((pause, i) => (pause, whole: Math.Min(30, 0.8 * (1 << i)))), one => Assert.InRange(one.pause, one.whole / 2, one.whole));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_made_again_from_where_it_was()
    {
        _server.OnList(List("5"));
        var held = Answer.WatchAndHold(Sample.Frame("ADDED", Sample.Deployment("one", "6", "a")));
        var cut = new TaskCompletionSource();
        _server.OnWatch(async context =>
        {
            var holding = held(context);
            await cut.Task;
            context.Abort();
            await holding;
        }, Answer.WatchAndHold());
        await _reflector.StartAsync(Patience.Ct);
        await Changes(1);

        cut.SetResult();

        await _clock.Pass(0.4, 0.8);
        await _server.WatchRequest();
        Assert.EndsWith("resourceVersion=6", await _server.WatchRequest());
    }

    [Fact]
    public async Task A_silent_watch_is_made_again_from_where_it_was()
    {
        _server.OnList(List("5"));
        _server.OnWatch(Answer.WatchAndHold(Sample.Frame("ADDED", Sample.Deployment("one", "6", "a"))), Answer.WatchAndHold());
        await _reflector.StartAsync(Patience.Ct);
        await Changes(1);
        await _server.WatchRequest();

        _clock.Advance(TimeSpan.FromSeconds(631));

        Assert.EndsWith("resourceVersion=6", await _server.WatchRequest());
    }

    [Fact]
    public async Task An_object_that_was_made_anew_under_its_name_is_deleted_and_then_added()
    {
        _server.OnList(List("5", Sample.Deployment("one", "3", "a")));
        _server.OnWatch(Answer.WatchAndHold(Sample.Frame("MODIFIED", Sample.Deployment("one", "9", "b"))));
        await _reflector.StartAsync(Patience.Ct);

        Assert.Equal(["- → one/3", "one/3 → -", "- → one/9"], await Changes(3));
    }

    [Fact]
    public async Task What_is_told_twice_is_no_change_and_a_deletion_is_told()
    {
        _server.OnList(List("5", Sample.Deployment("one", "3", "a")));
        _server.OnWatch(Answer.WatchAndHold(Sample.Frame("MODIFIED", Sample.Deployment("one", "3", "a")), Sample.Frame("DELETED", Sample.Deployment("one", "6", "a"))));
        await _reflector.StartAsync(Patience.Ct);

        Assert.Equal(["- → one/3", "one/3 → -"], await Changes(2));
        Assert.True(_store.Synced.IsCompletedSuccessfully);
        Assert.Equal(0, _store.Count);
    }

    [Fact]
    public async Task A_store_is_synced_when_the_whole_list_is_there()
    {
        var answered = new TaskCompletionSource();
        _server.OnList(async context =>
        {
            await answered.Task;
            await List("5", Sample.Deployment("one", "3", "a"))(context);
        });
        await _reflector.StartAsync(Patience.Ct);
        await _server.Request();
        Assert.False(_store.Synced.IsCompleted);

        answered.SetResult();

        await _store.Synced.Soon();
        Assert.Equal("one", _store.Find(Sample.Key("one"))!.Metadata.Name);
    }

    static Func<Microsoft.AspNetCore.Http.HttpContext, Task> List(string version, params System.Text.Json.Nodes.JsonNode[] items) => Answer.Json(Sample.List(version, null, items));

    static string Tag(V1Deployment? thing) => thing is null ? "-" : $"{thing.Metadata.Name}/{thing.Metadata.ResourceVersion}";

    async Task<List<string>> Changes(int count)
    {
        var changes = new List<string>();
        while (changes.Count < count)
            changes.Add(await _changes.Reader.ReadAsync(Patience.Ct).Soon());
        return changes;
    }
}
