using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Rules.Values;
using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>What rules look at: a plan, and what several of them ask of it.</summary>
internal sealed class ReviewedFile(BuildPlan plan)
{
    public BuildPlan Plan => plan;

    /// <summary>What is built where no target is given.</summary>
    public BuildStage Target { get; } = plan.Stages[^1];

    /// <summary>The stages that are built for it, itself among them.</summary>
    public IReadOnlySet<BuildStage> Built { get; } = plan.NeededFor(plan.Stages[^1]);

    /// <summary>Every step with its stage, those behind ONBUILD unwrapped.</summary>
    public IEnumerable<(BuildStage Stage, BuildStep Step)> Steps { get; } =
        [.. from stage in plan.Stages from step in stage.Steps select (stage, step.Itself)];

    /// <summary>Every RUN with its commands.</summary>
    public IReadOnlyList<ReviewedRun> Runs => _runs.Value;

    readonly Lazy<IReadOnlyList<ReviewedRun>> _runs = new(() => RunReader.All(plan));

    /// <summary>Secrets that stand in the file.</summary>
    public IReadOnlyList<WrittenSecret> Secrets => _secrets.Value;

    readonly Lazy<IReadOnlyList<WrittenSecret>> _secrets = new(() => WrittenSecret.In(plan));

    public static ReviewedFile Of(BuildPlan plan) => new(plan);
}
