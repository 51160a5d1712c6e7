using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>What is said of comments that silence nothing, when all rules have spoken.</summary>
internal static class UnusedIgnore
{
    public static RuleInfo Info { get; } = new("unused-ignore", Severity.Info,
        "A comment silences a rule that has nothing to say", "Take the comment out.", null);
}
