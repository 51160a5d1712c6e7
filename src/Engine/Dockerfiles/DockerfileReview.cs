using Plimsoll.Engine.Dockerfiles.Rules;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles;

/// <summary>What became of the review of a Dockerfile.</summary>
/// <param name="Problem">Why it cannot be built; then there is nothing else.</param>
/// <param name="Advices">In the order of the file.</param>
/// <param name="Silenced">Advices that comments in the file silence.</param>
/// <param name="Lines">Of the file, without what ends them.</param>
public sealed record DockerfileReview(SyntaxProblem? Problem, IReadOnlyList<Advice> Advices, int Silenced, IReadOnlyList<string> Lines)
{
    /// <summary>Null where there is no advice.</summary>
    public Severity? Worst => Advices.Count == 0 ? null : Advices.Max(advice => advice.Rule.Severity);
}
