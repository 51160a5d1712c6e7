namespace Plimsoll.Engine.Advisories.Records;

/// <summary>A package that a record is about, and which of its versions.</summary>
/// <param name="Ecosystem">With its suffix, as the record writes it: <c>Debian:12</c>, <c>PyPI</c>.</param>
/// <param name="Ranges">Those of the kind <see cref="RangeKind.Git"/> have no events: nobody has commits installed.</param>
/// <param name="Versions">Single versions, beside the ranges.</param>
/// <param name="Severities">Of this package, where they differ from the record's.</param>
public sealed record AffectedPackage(
    string Ecosystem, string Name, IReadOnlyList<VersionRange> Ranges, IReadOnlyList<string> Versions, IReadOnlyList<SeverityClaim> Severities)
{
    /// <summary>Go's <c>custom_ranges</c>: releases that the Go tools do not know as versions of the module.</summary>
    public IReadOnlyList<VersionRange> CustomRanges { get; init; } = [];

    /// <summary>Go's <c>imports</c>: a program without any of these packages in it is not affected. Empty where the whole module is.</summary>
    public IReadOnlyList<string> Imports { get; init; } = [];

    /// <summary>Whether it says of versions that can be installed anything at all.</summary>
    internal bool SaysNothing => Versions.Count == 0 && Ranges.Concat(CustomRanges).All(range => range.Events.Count == 0);
}
