using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>The objects of one kind with their versions, listed in pages and watched.</summary>
internal sealed class FakeCollection
{
    readonly Lock _lock = new();
    readonly SortedDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    readonly List<(long Version, string Frame)> _log = [];
    readonly Dictionary<string, (long Version, List<JsonObject> Others)> _pages = [];
    TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long _version = 100, _forgotten;

    /// <summary>Names with versions of all there is.</summary>
    public Dictionary<string, string> Versions()
    {
        lock (_lock)
            return _objects.ToDictionary(one => one.Key, one => VersionOf(one.Value)!);
    }

    public JsonObject? Find(string key)
    {
        lock (_lock)
            return (JsonObject?)_objects.GetValueOrDefault(key)?.DeepClone();
    }

    /// <summary>Makes the object, or writes over it; null where <paramref name="allowed"/> says no to what is there.</summary>
    public JsonObject? Put(JsonObject thing, Func<JsonObject?, bool>? allowed = null)
    {
        lock (_lock)
        {
            var metadata = thing["metadata"]!.AsObject();
            var key = $"{metadata["namespace"]}/{metadata["name"]}";
            var before = _objects.GetValueOrDefault(key);
            if (allowed is not null && !allowed(before))
                return null;
            metadata["uid"] = before?["metadata"]!["uid"]!.DeepClone() ?? Guid.NewGuid().ToString();
            Write(key, (JsonObject)thing.DeepClone(), before is null ? "ADDED" : "MODIFIED");
            return (JsonObject)_objects[key].DeepClone();
        }
    }

    public void Delete(string key)
    {
        lock (_lock)
            if (_objects.TryGetValue(key, out var gone))
            {
                Write(key, (JsonObject)gone.DeepClone(), "DELETED");
                _objects.Remove(key);
            }
    }

    /// <summary>Forgets what happened, so that nobody can go on from before.</summary>
    public void Compact()
    {
        lock (_lock)
        {
            _forgotten = _version;
            _log.Clear();
            _pages.Clear();
        }
    }

    /// <summary>Breaks the connections of all who watch.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _cut.SetResult();
            _cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Tells those who watch something that is no change.</summary>
    public void Say(string frame)
    {
        lock (_lock)
            Tell(frame);
    }

    public async Task List(HttpContext context)
    {
        JsonObject answer;
        lock (_lock)
        {
            var query = context.Request.Query;
            if (query["continue"] is [{ } token] && !_pages.ContainsKey(token))
                answer = Sample.Status(410, "Expired");
            else
            {
                var (version, rest) = query["continue"] is [{ } known] ? _pages[known] : (_version, [.. _objects.Values]);
                var size = query["limit"] is [{ } limit] ? int.Parse(limit, CultureInfo.InvariantCulture) : int.MaxValue;
                var more = rest.Count > size ? Guid.NewGuid().ToString() : null;
                if (more is not null)
                    _pages[more] = (version, rest[size..]);
                answer = Sample.List(version.ToString(CultureInfo.InvariantCulture), more, rest.Take(size).Select(one => one.DeepClone()));
            }
        }
        await Answer.Send(context, answer, (int?)answer["code"] ?? 200);
    }

    public async Task Watch(HttpContext context)
    {
        var from = long.Parse(context.Request.Query["resourceVersion"]!, CultureInfo.InvariantCulture);
        Task cut;
        lock (_lock)
            cut = _cut.Task;
        while (true)
        {
            List<string> frames;
            Task changed;
            bool isGone;
            lock (_lock)
            {
                isGone = from < _forgotten;
                frames = isGone ? [Sample.Gone()] : [.. _log.Where(one => one.Version > from).Select(one => one.Frame)];
                (from, changed) = (_version, _changed.Task);
            }
            await Answer.Tell(context, frames);
            if (isGone)
                return;
            await Task.WhenAny(changed, cut).WaitAsync(context.RequestAborted);
            if (cut.IsCompleted)
            {
                context.Abort();
                return;
            }
        }
    }

    public static string? VersionOf(JsonObject? thing) => (string?)thing?["metadata"]?["resourceVersion"];

    void Write(string key, JsonObject thing, string type)
    {
        thing["metadata"]!["resourceVersion"] = (_version + 1).ToString(CultureInfo.InvariantCulture);
        _objects[key] = thing;
        Tell(Sample.Frame(type, thing.DeepClone()));
    }

    void Tell(string frame)
    {
        _log.Add((++_version, frame));
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
