using System.Globalization;
using System.Text.Json.Nodes;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>The objects of one kind with their versions, and what happened to them. What a request does to one is done whole or not at all.</summary>
internal sealed class FakeCollection(TimeProvider clock)
{
    readonly Lock _lock = new();
    readonly SortedDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    readonly List<FakeChange> _log = [];
    readonly Dictionary<string, (long Version, List<JsonObject> Others)> _pages = [];
    readonly List<Action<string>> _listeners = [];
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

    /// <summary>Who is told the key of each change at once, and must not wait.</summary>
    public void Listen(Action<string> listener)
    {
        lock (_lock)
            _listeners.Add(listener);
    }

    /// <summary>Makes the object, or writes over all of it, whatever is there.</summary>
    public JsonObject Put(JsonObject thing) => Change($"{thing["metadata"]!["namespace"]}/{thing["metadata"]!["name"]}", _ => (JsonObject)thing.DeepClone());

    /// <summary>Writes what comes of what is there (null: nothing), and returns it. Where that is a Status, it is the refusal, and nothing is written.</summary>
    public JsonObject Change(string key, Func<JsonObject?, JsonObject> change)
    {
        lock (_lock)
        {
            var before = _objects.GetValueOrDefault(key);
            var next = change((JsonObject?)before?.DeepClone());
            if (IsRefusal(next))
                return next;
            Stamp(next["metadata"]!.AsObject(), before, !JsonNode.DeepEquals(next["spec"], before?["spec"]));
            // What is as it was is no change, and nobody hears of it.
            if (before is null || !JsonNode.DeepEquals(next, before))
                Write(key, before, next, before is null ? "ADDED" : "MODIFIED");
            return (JsonObject)_objects[key].DeepClone();
        }
    }

    /// <summary>Deletes what is there and returns it; or the refusal.</summary>
    public JsonObject Delete(string key, Func<JsonObject, JsonObject?>? refusal = null)
    {
        lock (_lock)
        {
            if (_objects.GetValueOrDefault(key) is not { } there)
                return Sample.Status(404, "NotFound");
            if (refusal?.Invoke(there) is { } refused)
                return refused;
            var gone = (JsonObject)there.DeepClone();
            Write(key, there, gone, "DELETED");
            _objects.Remove(key);
            return (JsonObject)gone.DeepClone();
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
            Tell(new FakeChange(_version + 1, frame, null, null, null));
    }

    /// <summary>A page of what there is; a refusal where the token of the page is not known.</summary>
    public JsonObject List(FakeScope scope, int size, string? token)
    {
        lock (_lock)
        {
            if (token is not null && !_pages.ContainsKey(token))
                return Sample.Status(410, "Expired");
            var (version, rest) = token is not null ? _pages[token] : (_version, [.. _objects.Values.Where(scope.Has)]);
            var more = rest.Count > size ? Guid.NewGuid().ToString() : null;
            if (more is not null)
                _pages[more] = (version, rest[size..]);
            return Sample.List(version.ToString(CultureInfo.InvariantCulture), more, rest.Take(size).Select(one => one.DeepClone()));
        }
    }

    /// <summary>What was told after a version, and what ends when more is; no frames where that is not kept any more.</summary>
    public (List<string>? Frames, long Version, Task Changed) Since(long version, FakeScope scope)
    {
        lock (_lock)
            return (version < _forgotten ? null : [.. _log.Where(one => one.Version > version).Select(one => one.For(scope)).OfType<string>()], _version, _changed.Task);
    }

    /// <summary>Ends when those who watch now are cut off.</summary>
    public Task CutOff()
    {
        lock (_lock)
            return _cut.Task;
    }

    public static bool IsRefusal(JsonObject answer) => (string?)answer["kind"] == "Status";

    public static string? VersionOf(JsonObject? thing) => (string?)thing?["metadata"]?["resourceVersion"];

    // What the server alone says about an object.
    void Stamp(JsonObject metadata, JsonObject? there, bool isAnother)
    {
        var known = there?["metadata"];
        metadata["uid"] = known?["uid"]?.DeepClone() ?? Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = known?["creationTimestamp"]?.DeepClone() ?? metadata["creationTimestamp"]?.DeepClone() ?? clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        metadata["generation"] = ((long?)known?["generation"] ?? 0) + (isAnother || known is null ? 1 : 0);
        metadata["resourceVersion"] = VersionOf(there);
    }

    void Write(string key, JsonObject? before, JsonObject thing, string type)
    {
        thing["metadata"]!["resourceVersion"] = (_version + 1).ToString(CultureInfo.InvariantCulture);
        var json = thing.ToJsonString();
        var kept = JsonNode.Parse(json)!.AsObject();
        _objects[key] = kept;
        Tell(new FakeChange(_version + 1, json, type, before, kept));
        foreach (var listener in _listeners)
            listener(key);
    }

    void Tell(FakeChange change)
    {
        _version = change.Version;
        _log.Add(change);
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
