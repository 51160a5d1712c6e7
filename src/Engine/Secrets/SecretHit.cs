using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets;

/// <summary>A secret in a text: what kind it is and where it stands.</summary>
/// <param name="Name">The variable or option that holds it; null when its shape alone tells.</param>
internal sealed record SecretHit(SecretRule Rule, string? Name, string Value, int Start)
{
    /// <summary>A default that everybody knows is bad, but it is no leak.</summary>
    public Severity Severity => SecretValues.IsPlaceholder(Value) ? Severity.Medium : Rule.Severity;

    public int End => Start + Value.Length;
}
