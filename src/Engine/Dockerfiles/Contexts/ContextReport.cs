using Plimsoll.Engine.Dockerfiles.Plans;

namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>How large the context of a build is, what makes it so, and what to take out of it.</summary>
/// <param name="IgnoredBy">The ignore file that counts; null where there is none.</param>
/// <param name="Sent">All that is not ignored. BuildKit sends of it what steps read; other builders send all.</param>
/// <param name="Read">What steps read of it.</param>
/// <param name="IgnoredIsLeast">Whether more is ignored than was counted.</param>
/// <param name="Largest">At most twenty, none inside of another.</param>
/// <param name="Lines">To add to the ignore file, in this order.</param>
/// <param name="Notes">What could not be looked at, and why.</param>
public sealed record ContextReport(
    string? IgnoredBy, ContextSum Sent, ContextSum Read, ContextSum Ignored, bool IgnoredIsLeast,
    IReadOnlyList<ContextEntry> Largest, IReadOnlyList<IgnoreAdvice> Lines, IReadOnlyList<string> Notes)
{
    /// <summary>What steps copy and the build is not given.</summary>
    public IReadOnlyList<MissingSource> Missing { get; init; } = [];

    /// <param name="root">Where the context is, to look into what may be a key; null for nowhere.</param>
    public static ContextReport Of(BuildContext context, BuildPlan plan, string? root)
    {
        var uses = ContextUse.Of(plan);
        var read = new ReadBytes(context, uses);
        var largest = Contributors.Of(context.Root, read.Of, read.Reads);
        return new(
            context.IgnoredBy, new(context.Root.Bytes, context.Root.Count), read.All, context.Ignored, context.IgnoredIsLeast, largest,
            new IgnoreTrial(context, uses).Of([.. new LeftoverSearch(context, uses, root).Lines(),
                .. UnreadSearch.Of(context.Root, read).Select(path => (IgnoreReason.Unread, LeftoverSearch.Literal(path)))]),
            uses.Count < ContextUse.Most ? context.Notes
                : [.. context.Notes, $"only the first {ContextUse.Most} steps that read the context were looked at"])
        {
            Missing = root is null ? [] : new MissingSearch(context, root).Of(plan),
        };
    }
}
