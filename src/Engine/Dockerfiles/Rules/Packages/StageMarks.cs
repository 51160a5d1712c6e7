using Plimsoll.Engine.Dockerfiles.Plans;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>
/// Remembers, while the stages are gone through in their order, in which of them something has happened; what happened in a stage happened in those
/// that begin from it.
/// </summary>
internal sealed class StageMarks(BuildPlan plan)
{
    readonly bool?[] _marks = new bool?[plan.Stages.Count];

    public void Mark(BuildStage stage) => _marks[stage.Number] = true;

    public bool Has(BuildStage stage)
    {
        var known = stage;
        while (_marks[known.Number] is null && known.Base is { } below)
            known = below;
        var answer = _marks[known.Number] ?? false;
        for (var one = stage; one is not null && one.Number != known.Number; one = one.Base)
            _marks[one.Number] = answer;
        return answer;
    }
}
