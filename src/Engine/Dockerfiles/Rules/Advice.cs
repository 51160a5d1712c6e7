namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>A rule that a Dockerfile breaks, and where.</summary>
public sealed record Advice(RuleInfo Rule, Remark Remark)
{
    public string Remedy => Remark.Remedy ?? Rule.Remedy;
}
