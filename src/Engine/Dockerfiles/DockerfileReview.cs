using Plimsoll.Engine.Dockerfiles.Rules;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Secrets;

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

    /// <summary>What is known besides the file.</summary>
    public Surroundings Around { get; init; } = Surroundings.None;

    internal IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>The line that a remark begins on, as it may be shown: without the values of secrets.</summary>
    public string Shown(Remark remark)
    {
        var line = remark.Start.Line <= Lines.Count ? Lines[remark.Start.Line - 1] : "";
        return Secrets.Count == 0 ? line : Secrets.Aggregate(SecretMask.Mask(line),
            (text, secret) => text.Replace(secret, SecretMask.MaskValue(secret), StringComparison.Ordinal));
    }
}
