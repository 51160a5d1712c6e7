namespace Plimsoll.Engine.Secrets;

/// <summary>What has the shape of a secret and is none.</summary>
/// <param name="Reason">Why it is none, in words for a reader of the documentation.</param>
/// <param name="Covers">Whether a value is such a one, given the value and what follows it, at most <see cref="Following"/> characters.</param>
internal sealed record AllowRule(string Reason, Func<string, string, bool> Covers)
{
    public const int Following = 100;

    /// <summary>One that the value alone decides.</summary>
    public static AllowRule Value(string reason, Func<string, bool> covers) => new(reason, (value, _) => covers(value));
}
