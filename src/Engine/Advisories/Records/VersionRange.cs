namespace Plimsoll.Engine.Advisories.Records;

/// <summary>Versions between events, in the order of the ecosystem.</summary>
/// <param name="Events">In the record's order, which means nothing.</param>
public sealed record VersionRange(RangeKind Kind, IReadOnlyList<RangeEvent> Events)
{
    /// <summary>Whether it has a beginning and no end: everything since then is affected, or nobody knows what is not.</summary>
    internal bool IsOpen => Events.Count > 0 && Events.All(e => e.Kind == EventKind.Introduced);

    /// <summary>As <c>introduced 0, fixed 1.2.3</c>; a long one is cut.</summary>
    public override string ToString() =>
        string.Join(", ", Events.Take(Shown).Select(e => e.ToString())) + (Events.Count > Shown ? $" and {Events.Count - Shown} more" : "");

    const int Shown = 8;
}

/// <summary>What the versions of a range are. <see cref="Other"/> is a kind that a later schema may bring.</summary>
public enum RangeKind { SemVer, Ecosystem, Git, Other }

/// <param name="Version"><c>0</c> of an introduced event is before all versions, <c>*</c> of a limit above all.</param>
public readonly record struct RangeEvent(EventKind Kind, string Version)
{
    public override string ToString() => $"{Word} {Version}";

    string Word => Kind switch { EventKind.Introduced => "introduced", EventKind.Fixed => "fixed", EventKind.LastAffected => "last affected", _ => "limit" };
}

/// <summary>What happens at a version. The order is that of events at the same version.</summary>
public enum EventKind { Introduced, Fixed, LastAffected, Limit }
