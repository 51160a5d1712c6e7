using Plimsoll.Engine.Dockerfiles.Plans;

namespace Plimsoll.Engine.Dockerfiles.Rules.Measured;

/// <summary>A rule about what a Dockerfile does not say by itself: the file is held against its context or its image.</summary>
internal interface IMeasuredRule
{
    RuleInfo Info { get; }

    /// <summary>The places where the rule is broken; null where what it asks for was not given.</summary>
    IEnumerable<Remark>? Run(BuildPlan plan, Surroundings around);
}
