using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Plans;

/// <summary>What a Dockerfile builds: its stages, and which needs which.</summary>
/// <param name="Before">ARGs before the first FROM.</param>
/// <param name="Stages">In their order; the last is what is built where no target is given.</param>
public sealed record BuildPlan(Dockerfile File, IReadOnlyList<ArgStep> Before, IReadOnlyList<BuildStage> Stages)
{
    readonly Lazy<Dictionary<string, BuildStage>> _named = new(() =>
    {
        var named = new Dictionary<string, BuildStage>(StringComparer.OrdinalIgnoreCase);
        foreach (var stage in Stages)
            if (stage.Name is { } name)
                named[name] = stage;
        return named;
    });

    /// <param name="file">UTF-8.</param>
    public static PlanReading Read(ReadOnlySpan<byte> file)
    {
        var (read, problem) = DockerfileReader.Read(file);
        if (read is null)
            return new(null, problem);
        try
        {
            return new(new PlanReader(read).Read(), null);
        }
        catch (DockerfileSyntaxException e)
        {
            return new(null, e.Problem);
        }
    }

    /// <summary>The stage that a reference means: a name, or a number; null where it means an image or a context.</summary>
    public BuildStage? Find(string reference) => _named.Value.GetValueOrDefault(reference)
        ?? (int.TryParse(reference, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && number < Stages.Count ? Stages[number] : null);

    /// <summary>The stages that one takes something from, with the step that does; its base among them, with its FROM.</summary>
    public IEnumerable<(BuildStage Stage, BuildStep By)> Needs(BuildStage stage)
    {
        if (stage.Base is { } on)
            yield return (on, stage.From);
        foreach (var step in stage.Steps)
            foreach (var reference in References(step))
                if (Find(reference) is { } other)
                    yield return (other, step);
    }

    /// <summary>The stages that are built for one, itself among them.</summary>
    public IReadOnlySet<BuildStage> NeededFor(BuildStage target)
    {
        var (needed, open) = (new HashSet<BuildStage>(ReferenceEqualityComparer.Instance) { target }, new Queue<BuildStage>([target]));
        while (open.TryDequeue(out var stage))
            foreach (var (other, _) in Needs(stage))
                if (needed.Add(other))
                    open.Enqueue(other);
        return needed;
    }

    /// <summary>What a step says that it takes something from: stages, images and contexts.</summary>
    internal static IEnumerable<string> References(BuildStep step) => step switch
    {
        CopyStep { From: { } from } => [from.Text],
        RunStep run => run.Mounts.Select(mount => mount.From).OfType<string>(),
        _ => [],
    };
}

/// <summary>What became of the reading of a Dockerfile: one of the two.</summary>
public sealed record PlanReading(BuildPlan? Plan, SyntaxProblem? Problem);
