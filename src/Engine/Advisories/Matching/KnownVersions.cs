using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Engine.Advisories.Versions;

namespace Plimsoll.Engine.Advisories.Matching;

/// <summary>The ranges and versions of an affected package, parsed by the order of its ecosystem.</summary>
internal sealed class KnownVersions
{
    readonly AffectedPackage _affected;
    readonly IReadOnlyList<OrderedRange> _ranges = [];
    readonly bool _hasOtherRange;
    IReadOnlyList<ParsedVersion>? _versions;

    public KnownVersions(AffectedPackage affected)
    {
        _affected = affected;
        var ranges = RangesOf(affected);
        Order = VersionOrders.For(EcosystemRules.Base(affected.Ecosystem))
            // Of an ecosystem outside the schema nothing is known, but what it calls SemVer is.
            ?? (ranges.Any(range => range.Kind == RangeKind.SemVer) ? VersionOrders.For("npm") : null);
        _hasOtherRange = affected.Ranges.Any(range => range.Kind == RangeKind.Other);
        if (Order is { } order)
            _ranges = [.. ranges.Select(range => new OrderedRange(range, order))];
    }

    /// <summary>Null where nobody says how these versions are ordered.</summary>
    public IVersionOrder? Order { get; }

    /// <summary>What all of it says of a version: affected where anything says so, and not affected only where everything could be read.</summary>
    public RangeAnswer Answer(ParsedVersion version)
    {
        RangeAnswer? affected = null, unknown = null, nearest = null, first = null;
        foreach (var range in _ranges)
        {
            var answer = range.Walk(version);
            first ??= answer;
            if (answer.Outcome == MatchOutcome.Unknown)
                unknown ??= answer;
            else if (answer.Outcome == MatchOutcome.Affected && (affected is null || affected.Value.FixedIn is null && answer.FixedIn is not null))
                affected = answer;
            // A fix that the package has is nearer than a range that begins above it.
            else if (answer.Event is { Kind: EventKind.Fixed or EventKind.LastAffected })
                nearest ??= answer;
        }
        if (affected is { } one)
            return one;
        // 1.0 names 1.0.0 too, where they are the same version.
        if (Named.FirstOrDefault(named => named.CompareTo(version) == 0) is { } same)
            return new(MatchOutcome.Affected, Because.Named) { FixedIn = _ranges.Select(range => range.FixAbove(version)).FirstOrDefault(fix => fix is not null), Text = version.Text, Named = same.Text };
        return unknown
            ?? (_hasOtherRange ? new(MatchOutcome.Unknown, Because.Said) { Text = "one of its ranges is of a kind that is not known here" }
            : nearest ?? first ?? new(MatchOutcome.NotAffected, Because.NotNamed) { Text = version.Text });
    }

    // There are hundreds of them, which its ranges mostly spare.
    IReadOnlyList<ParsedVersion> Named => _versions ??= [.. _affected.Versions.Select(Order!.Parse).OfType<ParsedVersion>()];

    // GIT ranges have no events and are passed over. Where the Go tools know no end of a range, the custom ranges say what it would be.
    static List<VersionRange> RangesOf(AffectedPackage affected)
    {
        var ranges = affected.Ranges.Where(range => range.Events.Count > 0).ToList();
        if (affected.CustomRanges.Count > 0 && ranges.All(range => range.IsOpen))
            ranges.Clear();
        return [.. ranges, .. affected.CustomRanges.Where(range => range.Events.Count > 0)];
    }
}
