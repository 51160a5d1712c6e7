using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Engine.Advisories.Severities;

namespace Plimsoll.Engine.Advisories.Matching;

/// <summary>What a record says of a package, from least to most: where it says several things, the last one counts.</summary>
public enum MatchOutcome { NotAffected, Unknown, Affected }

/// <summary>What one record says of one component.</summary>
/// <param name="FixedIn">The lowest version above the installed one that the range of the installed one ends with; null where there is none.</param>
/// <param name="IsUnconfirmed">The record was never reviewed and names no end: it is to be shown apart.</param>
public sealed record Match(
    Component Component, Advisory Advisory, MatchOutcome Outcome, string? FixedIn, Rating Rating, bool IsUnconfirmed, Explanation Explanation)
{
    /// <summary>The record, the package that it was held against, and why it is as it is: a sentence without a full stop.</summary>
    public string Statement => $"{Advisory.Id} on {Explanation.Name}: {Explanation.Reason}{(Explanation.Order is { } order ? $" (order of {order})" : "")}";
}

/// <summary>Why an outcome is what it is, for people and for whoever checks it.</summary>
/// <param name="Ecosystem">As the record writes it.</param>
/// <param name="Name">The name that was looked up: the source package where the ecosystem's records name those.</param>
/// <param name="Version">The version that was compared: the source package's where that was looked up.</param>
/// <param name="Reason">A sentence without a full stop.</param>
public sealed record Explanation(string Ecosystem, string Name, string Version, string Reason)
{
    /// <summary>The range that decided; null where none did.</summary>
    public VersionRange? Range { get; init; }

    /// <summary>The event that the version was compared with; null where none was.</summary>
    public RangeEvent? Event { get; init; }

    /// <summary>The order that compared them, such as <c>dpkg</c>; null where nothing was compared.</summary>
    public string? Order { get; init; }

    /// <summary>What else the reader should know, such as which Go packages must be in the program for it to be affected.</summary>
    public string? Note { get; init; }
}
