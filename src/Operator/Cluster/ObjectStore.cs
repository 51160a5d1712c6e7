using k8s;
using k8s.Models;

namespace Plimsoll.Operator.Cluster;

/// <summary>The objects of one kind as the server last told them, and who wants to know of changes. Objects in it are never written to.</summary>
/// <param name="sources">Of how many namespaces it is filled one by one; 1 where all come at once.</param>
internal sealed class ObjectStore<T>(int sources = 1)
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    readonly Lock _lock = new();
    readonly Dictionary<ObjectKey, T> _objects = [];
    readonly Dictionary<string, (Func<T, IEnumerable<string>> Of, Dictionary<string, HashSet<ObjectKey>> Keys)> _indexes = [];
    readonly List<Action<T?, T?>> _listeners = [];
    readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly HashSet<string> _filled = [];

    /// <summary>Ends when everything that there was at the start is here.</summary>
    public Task Synced => _synced.Task;

    public int Count
    {
        get
        {
            lock (_lock)
                return _objects.Count;
        }
    }

    public static ObjectKey KeyOf(T thing) => new(thing.Metadata.NamespaceProperty, thing.Metadata.Name);

    /// <summary>Before the first object comes: who is told of each change, with what was before (null: nothing) and what is now (null: nothing).</summary>
    public void Listen(Action<T?, T?> listener) => _listeners.Add(listener);

    /// <summary>Before the first object comes: makes <see cref="With"/> answer for <paramref name="name"/>.</summary>
    public void Index(string name, Func<T, IEnumerable<string>> of) => _indexes.Add(name, (of, []));

    public T? Find(ObjectKey key)
    {
        lock (_lock)
            return _objects.GetValueOrDefault(key);
    }

    public IReadOnlyList<T> All()
    {
        lock (_lock)
            return [.. _objects.Values];
    }

    /// <summary>The objects that an index has under a value.</summary>
    public IReadOnlyList<T> With(string index, string value)
    {
        lock (_lock)
            return _indexes[index].Keys.TryGetValue(value, out var keys) ? [.. keys.Select(key => _objects[key])] : [];
    }

    /// <summary>What the whole list says: what it does not name is gone.</summary>
    /// <param name="ns">The namespace that it is of; null: of every one.</param>
    public void Replace(IEnumerable<T> all, string? ns = null)
    {
        var next = new Dictionary<ObjectKey, T>();
        foreach (var one in all)
            next[KeyOf(one)] = one;
        List<ObjectKey> gone;
        lock (_lock)
            gone = [.. _objects.Keys.Where(key => (ns is null || key.Namespace == ns) && !next.ContainsKey(key))];
        foreach (var key in gone)
            Put(key, null);
        foreach (var one in next.Values)
            Put(one);
        lock (_lock)
            if (!_filled.Add(ns ?? "") || _filled.Count < sources)
                return;
        _synced.TrySetResult();
    }

    public void Put(T thing)
    {
        var key = KeyOf(thing);
        // An object of the same name that was made anew is another one: what hangs on the first one ends before.
        if (Find(key) is { } before && before.Metadata.Uid != thing.Metadata.Uid)
            Put(key, null);
        Put(key, thing);
    }

    public void Remove(T thing) => Put(KeyOf(thing), null);

    void Put(ObjectKey key, T? now)
    {
        T? before;
        lock (_lock)
        {
            before = _objects.GetValueOrDefault(key);
            if (before is null && now is null || before is not null && now is not null && before.Metadata.ResourceVersion == now.Metadata.ResourceVersion)
                return;
            if (now is null)
                _objects.Remove(key);
            else
                _objects[key] = now;
            foreach (var (of, keys) in _indexes.Values)
                Move(keys, key, before is null ? [] : of(before), now is null ? [] : of(now));
        }
        foreach (var listener in _listeners)
            listener(before, now);
    }

    static void Move(Dictionary<string, HashSet<ObjectKey>> index, ObjectKey key, IEnumerable<string> from, IEnumerable<string> to)
    {
        foreach (var value in from)
            if (index.TryGetValue(value, out var keys) && keys.Remove(key) && keys.Count == 0)
                index.Remove(value);
        foreach (var value in to)
            (index.TryGetValue(value, out var keys) ? keys : index[value] = []).Add(key);
    }
}
