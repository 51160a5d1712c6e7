namespace Plimsoll.Engine.Advisories.Feeds;

/// <param name="IsUnchanged">It is what is known, and nothing was written.</param>
/// <param name="Validators">To ask again with.</param>
/// <param name="Failure">A sentence without a full stop; null where there is none.</param>
public sealed record MirrorAnswer(bool IsUnchanged, Validators Validators, string? Failure)
{
    /// <summary>Whether the server is there and the file is not. Stores of objects that may not be listed refuse what they do not have.</summary>
    public bool IsMissing => Status is 403 or 404 or 410;

    /// <summary>Whether another answer may come to the same question: the server is in trouble, or the network is.</summary>
    internal bool MayPass => Failure is not null && Status is null or 408 or 429 or >= 500;

    /// <summary>
    /// The header in which a Plimsoll that gives its advisories on says when they were last known to be what their own source has (RFC 9110, 5.6.7).
    /// </summary>
    public const string AsOfHeader = "Plimsoll-As-Of";

    /// <summary>What the server says in it; null where it does not. What comes second-hand is no younger than that.</summary>
    public DateTimeOffset? AsOf { get; init; }

    // Null where no answer came, or not the whole of it.
    int? Status { get; init; }

    internal static MirrorAnswer Failed(string why, int? status = null) => new(false, default, why) { Status = status };
}

/// <param name="Failure">Null where there is none.</param>
public sealed record MirrorList(IReadOnlyList<string> Ecosystems, string? Failure);

/// <summary>The list of what an ecosystem has.</summary>
/// <param name="Records">Null where it did not come, or is what is known.</param>
public sealed record MirrorChanges(MirrorAnswer Answer, ModifiedList? Records);

/// <summary>One record.</summary>
/// <param name="Json">As the mirror sent it; null where it did not.</param>
public sealed record MirrorRecord(MirrorAnswer Answer, byte[]? Json);
