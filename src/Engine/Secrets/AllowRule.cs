namespace Plimsoll.Engine.Secrets;

/// <summary>What has the shape of a secret and is none.</summary>
/// <param name="Reason">Why it is none, in words for a reader of the documentation.</param>
/// <param name="Covers">Whether a value is such a one.</param>
internal sealed record AllowRule(string Reason, Func<string, bool> Covers);
