using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Files;

/// <summary>
/// The sums behind dive's efficiency (<c>dive/filetree/efficiency.go</c>): every leaf of every layer's own tree, by path; a whiteout counts
/// under the path that it deletes, with the size of the lower subtree when that is a directory.
/// </summary>
internal sealed class DiveTally
{
    readonly Blocks<PathSum> _paths = new();
    long _aboveFirst;
    int _layers;

    public void Count(int node, long size)
    {
        while (_paths.Count <= node)
            _paths.Add(default);
        ref var path = ref _paths[node];
        path.Smallest = path.Times == 0 ? size : Math.Min(path.Smallest, size);
        path.Cumulative += size;
        path.Times++;
    }

    public void EndLayer(long size)
    {
        if (_layers++ > 0)
            _aboveFirst += size;
    }

    public DiveScore Score()
    {
        long smallest = 0, cumulative = 0, wasted = 0;
        for (var i = 0; i < _paths.Count; i++)
        {
            ref var path = ref _paths[i];
            smallest += path.Smallest;
            cumulative += path.Cumulative;
            wasted += path.Times >= 2 ? path.Cumulative : 0;
        }
        return new DiveScore(cumulative == 0 ? 1 : (double)smallest / cumulative, wasted, _aboveFirst == 0 ? 0 : (double)wasted / _aboveFirst);
    }

    struct PathSum
    {
        public long Cumulative;
        public long Smallest;
        public int Times;
    }
}
