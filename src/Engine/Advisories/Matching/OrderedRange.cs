using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Engine.Advisories.Versions;

namespace Plimsoll.Engine.Advisories.Matching;

/// <summary>A range whose events are parsed and sorted, to be walked (OSV schema, "Evaluation").</summary>
internal sealed class OrderedRange
{
    readonly record struct Stop(RangeEvent Event, ParsedVersion? At);

    readonly VersionRange _range;
    readonly string? _unreadable;
    readonly Stop[] _stops;
    readonly Stop[] _limits;

    public OrderedRange(VersionRange range, IVersionOrder order)
    {
        _range = range;
        var stops = new List<Stop>(range.Events.Count);
        foreach (var e in range.Events)
        {
            // No version is before 0, whatever the order makes of it, or above a limit of *.
            var isBound = e is { Kind: EventKind.Introduced or EventKind.Fixed, Version: "0" } or { Kind: EventKind.Limit, Version: "*" };
            var at = isBound ? null : order.Parse(e.Version);
            if (at is null && !isBound)
                _unreadable ??= $"\"{e.Version}\" of its range is not a version that {order.Name} knows";
            stops.Add(new(e, at));
        }
        if (!range.Events.Any(e => e.Kind == EventKind.Introduced))
            _unreadable ??= "its range does not say where it begins";
        _limits = [.. stops.Where(stop => stop.Event.Kind == EventKind.Limit)];
        _stops = _unreadable is not null ? [] : Joined(Sorted(stops.Where(stop => stop.Event.Kind != EventKind.Limit)));
    }

    public RangeAnswer Walk(ParsedVersion version)
    {
        if (_unreadable is not null)
            return new(MatchOutcome.Unknown, Because.Said) { Range = _range, Text = _unreadable };
        RangeAnswer Answer(MatchOutcome outcome, Because because, RangeEvent e) => new(outcome, because) { Range = _range, Event = e, Text = version.Text };
        if (_limits.Length > 0 && !_limits.Any(limit => limit.At is null || version.CompareTo(limit.At) < 0))
            return Answer(MatchOutcome.NotAffected, Because.AboveLimit, _limits[0].Event);
        var (isAffected, decided) = (false, -1);
        for (var i = 0; i < _stops.Length; i++)
            if (Holds(_stops[i], version))
                (isAffected, decided) = (_stops[i].Event.Kind == EventKind.Introduced, i);
        if (!isAffected)
            return decided < 0 ? Answer(MatchOutcome.NotAffected, Because.BeforeIntroduced, _stops[0].Event)
                : Answer(MatchOutcome.NotAffected, _stops[decided].Event.Kind == EventKind.Fixed ? Because.Fixed : Because.AfterLast, _stops[decided].Event);
        // Where this branch ends: what is introduced in between was there already.
        var next = decided + 1;
        while (next < _stops.Length && _stops[next].Event.Kind == EventKind.Introduced)
            next++;
        return next == _stops.Length ? Answer(MatchOutcome.Affected, Because.NeverFixed, _stops[decided].Event)
            : _stops[next].Event is { Kind: EventKind.Fixed } end ? Answer(MatchOutcome.Affected, Because.BeforeFix, end) with { FixedIn = end.Version }
            : Answer(MatchOutcome.Affected, Because.UpToLast, _stops[next].Event);
    }

    /// <summary>The lowest fix above a version that no range holds, although the record names it.</summary>
    public string? FixAbove(ParsedVersion version) =>
        _stops.FirstOrDefault(stop => stop.Event.Kind == EventKind.Fixed && stop.At is { } at && version.CompareTo(at) < 0).Event.Version;

    static bool Holds(Stop stop, ParsedVersion version) =>
        stop.At is null || version.CompareTo(stop.At) is var order && (stop.Event.Kind == EventKind.LastAffected ? order > 0 : order >= 0);

    // Maven's order goes in circles, at which a sort may throw; a heap takes whatever it is told.
    static Stop[] Sorted(IEnumerable<Stop> stops)
    {
        var heap = new PriorityQueue<Stop, Stop>(stops.Select(stop => (stop, stop)), Comparer<Stop>.Create(Compare));
        var sorted = new Stop[heap.Count];
        for (var i = 0; i < sorted.Length; i++)
            sorted[i] = heap.Dequeue();
        return sorted;
    }

    // At one version it is introduced first. Where it was there already, though, one branch ends and the next begins: it was never gone.
    static Stop[] Joined(Stop[] sorted)
    {
        var (kept, isOpen) = (new List<Stop>(sorted.Length), false);
        for (var (i, end) = (0, 0); i < sorted.Length; i = end)
        {
            for (end = i + 1; end < sorted.Length && CompareVersions(sorted[i], sorted[end]) == 0; end++)
                continue;
            var tied = sorted[i..end];
            if (isOpen && tied.Any(stop => stop.Event.Kind == EventKind.Introduced) && tied.Any(stop => stop.Event.Kind == EventKind.Fixed))
                continue;
            kept.AddRange(tied);
            isOpen = tied[^1].Event.Kind == EventKind.Introduced;
        }
        return [.. kept];
    }

    static int CompareVersions(Stop left, Stop right) =>
        (left.At, right.At) switch { (null, null) => 0, (null, _) => -1, (_, null) => 1, var (one, other) => one.CompareTo(other) };

    static int Compare(Stop left, Stop right) =>
        CompareVersions(left, right) is var order && order != 0 ? order
        : left.Event.Kind.CompareTo(right.Event.Kind);
}
