using System.Net;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Plimsoll.Operator.Cluster;

/// <summary>Keeps a store as the server is: lists everything, then follows the watch, again and again until the end.</summary>
internal sealed partial class Reflector<T>(ObjectFeed<T> feed, ObjectStore<T> store, TimeProvider clock, ILogger<Reflector<T>> log) : BackgroundService
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    /// <summary>A watch that ended sooner without a word was refused in all but name.</summary>
    static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(1);

    readonly Backoff _backoff = new(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(30));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                var listing = await feed.List(stoppingToken);
                foreach (var problem in listing.Unread)
                    Log.LeftOut(log, feed.Type.Kind, problem);
                store.Replace(listing.Items, feed.Namespace);
                await Follow(listing.ResourceVersion, stoppingToken);
                // A server whose lists are outdated as they come shall not be asked for them without pause.
                await Pause(null, stoppingToken);
            }
            catch (Exception e) when (IsPassing(e, stoppingToken))
            {
                await Pause(e, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
    }

    /// <summary>Returns when everything has to be listed anew.</summary>
    async Task Follow(string version, CancellationToken ct)
    {
        while (true)
        {
            var (began, heard) = (clock.GetTimestamp(), false);
            Exception? broken = null;
            try
            {
                await foreach (var happened in feed.Watch(version, ct))
                {
                    if (!Take(happened))
                        return;
                    version = happened.ResourceVersion ?? version;
                    heard = true;
                }
            }
            // The version is no longer kept, or the server will not hear of it for another reason.
            catch (Exception e) when (e.IsLasting())
            {
                Log.Broken(log, feed.Type.Kind, WatchKind.Error, e.Message);
                return;
            }
            catch (Exception e) when (IsPassing(e, ct))
            {
                broken = e;
            }
            var lived = clock.GetElapsedTime(began) >= ShortestLife;
            if (heard || lived && broken is null)
                _backoff.Reset();
            if (broken is not null || !lived)
                await Pause(broken, ct);
        }
    }

    /// <summary>False when the watch cannot go on from here.</summary>
    bool Take(WatchEvent<T> happened)
    {
        switch (happened)
        {
            case { Kind: WatchKind.Added or WatchKind.Modified, Object: { } now }:
                store.Put(now);
                return true;
            case { Kind: WatchKind.Deleted, Object: { } gone }:
                store.Remove(gone);
                return true;
            case { Kind: WatchKind.Bookmark }:
                return true;
            case { Kind: WatchKind.Error, Code: (int)HttpStatusCode.Gone }:
                return false;
            default:
                // What it was about is not known, so nothing short of the whole list is.
                Log.Broken(log, feed.Type.Kind, happened.Kind, happened.Message ?? "");
                return false;
        }
    }

    // A list that is no list, from something between here and the server, may be one the next time.
    static bool IsPassing(Exception e, CancellationToken ct) => e.IsOfTheServer(ct) || e is System.Text.Json.JsonException or KeyNotFoundException or InvalidOperationException or InvalidDataException;

    async Task Pause(Exception? reason, CancellationToken ct)
    {
        var (own, asked) = (_backoff.Next(), reason?.RetryAfter());
        var pause = asked > own ? asked.Value : own;
        if (reason is not null)
            Log.Away(log, feed.Type.Kind, pause.TotalSeconds, reason.Message);
        await Task.Delay(pause, clock, ct);
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Kind}: the API server cannot be listened to, next try in {Seconds:0.0} s: {Reason}")]
        public static partial void Away(ILogger logger, string kind, double seconds, string reason);

        [LoggerMessage(LogLevel.Warning, "{Kind}: the watch brought what cannot be followed ({What}), so all is listed anew: {Reason}")]
        public static partial void Broken(ILogger logger, string kind, WatchKind what, string reason);

        [LoggerMessage(LogLevel.Warning, "{Kind}: an object cannot be read and is left out: {Reason}")]
        public static partial void LeftOut(ILogger logger, string kind, string reason);
    }
}
