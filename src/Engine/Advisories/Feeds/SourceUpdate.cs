namespace Plimsoll.Engine.Advisories.Feeds;

/// <summary>What an update did about a source.</summary>
/// <param name="Failure">A sentence without a full stop; null where it did not fail.</param>
public sealed record SourceUpdate(SourceUpdateWay Way, string? Failure)
{
    internal static SourceUpdate Failed(string? why) => new(SourceUpdateWay.Failed, why);
}

/// <summary>How a source was brought.</summary>
public enum SourceUpdateWay
{
    /// <summary>It is what the library has.</summary>
    Unchanged,

    /// <summary>By the records that changed.</summary>
    Records,

    /// <summary>As a whole.</summary>
    Whole,

    /// <summary>Not at all: what the library has of it stays.</summary>
    Failed,
}
