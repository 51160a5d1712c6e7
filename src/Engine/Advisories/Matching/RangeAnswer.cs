using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Matching;

/// <summary>What one range, or all that a record says of a package, says of a version. It is put into words only where somebody wants to read it.</summary>
internal readonly record struct RangeAnswer(MatchOutcome Outcome, Because Because)
{
    public VersionRange? Range { get; init; }

    public RangeEvent? Event { get; init; }

    public string? FixedIn { get; init; }

    /// <summary>The version; what there is to say where <see cref="Because.Said"/>.</summary>
    public required string Text { get; init; }

    /// <summary>How the record writes the version.</summary>
    public string? Named { get; init; }

    /// <summary>A sentence without a full stop.</summary>
    public string Reason => Because switch
    {
        Because.AboveLimit => $"{Text} is not below the limit {Event!.Value.Version}",
        Because.BeforeIntroduced => $"{Text} is before {Event!.Value.Version}, which introduced it",
        Because.Fixed => $"{Text} is not before {Event!.Value.Version}, which fixed it",
        Because.AfterLast => $"{Text} is after {Event!.Value.Version}, the last that is affected",
        Because.NeverFixed => $"{Text} is not before {Event!.Value.Version}, and nothing has fixed it since",
        Because.BeforeFix => $"{Text} is before {Event!.Value.Version}, which fixes it",
        Because.UpToLast => $"{Text} is not after {Event!.Value.Version}, the last that is known to be affected",
        Because.Named => $"{Text} is one of the versions that the record names{(Named == Text ? "" : $", as {Named}")}",
        Because.NotNamed => $"{Text} is none of the versions that the record names",
        _ => Text,
    };
}

/// <summary>Why a version is affected or not.</summary>
internal enum Because { Said, AboveLimit, BeforeIntroduced, Fixed, AfterLast, NeverFixed, BeforeFix, UpToLast, Named, NotNamed }
