using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>A step that takes something from the context: COPY, ADD, or a RUN that mounts it.</summary>
/// <param name="Index">Of the step in its stage.</param>
/// <param name="Sources">Any of them; without a wildcard they are paths.</param>
/// <param name="TakesAll">Whether the context's root is one of them.</param>
/// <param name="Without">What <c>--exclude</c> takes away, from each source on.</param>
internal sealed record ContextUse(BuildStage Stage, int Index, BuildStep Step,
    IReadOnlyList<IgnorePattern> Sources, bool TakesAll, IgnoreFile Without)
{
    /// <summary>Sources of one step that are looked at; with more, it takes all.</summary>
    const int MostSources = 200;

    /// <summary>The most of a file: what they read of a path is kept in the bits of a number.</summary>
    public const int Most = 64;

    /// <summary>In the order of the file, at most <see cref="Most"/>. What is behind ONBUILD belongs to another build.</summary>
    public static IReadOnlyList<ContextUse> Of(BuildPlan plan) =>
        [.. plan.Stages.Where(stage => stage.Steps.Any(step => Written(step, plan).Any())).SelectMany(stage => Of(plan, stage)).Take(Most)];

    static IEnumerable<ContextUse> Of(BuildPlan plan, BuildStage stage)
    {
        var scope = VariableScope.Of(plan, stage);
        foreach (var (step, index) in stage.Steps.Select((step, index) => (step, index)))
        {
            var written = Written(step, plan).Take(MostSources + 1).ToList();
            if (written.Count > 0)
                yield return Of(stage, index, step, [.. written.Select(source => Expanded(scope, source))]);
            scope.Pass(step);
        }
    }

    static ContextUse Of(BuildStage stage, int index, BuildStep step, IReadOnlyList<string> sources)
    {
        var paths = sources.Select(source => IgnoreFile.Clean($"/{source}")).ToList();
        var all = sources.Count > MostSources || paths.Contains("/");
        var excludes = step is CopyStep copy ? string.Join('\n', copy.Excludes) : "";
        return new(stage, index, step, all ? [] : [.. paths.Select(path => IgnorePattern.Read(path, 0, isException: false)).OfType<IgnorePattern>()],
            all, IgnoreFile.Read(System.Text.Encoding.UTF8.GetBytes(excludes)));
    }

    // The sources of a step that are paths of the context.
    static IEnumerable<PlacedText> Written(BuildStep step, BuildPlan plan) => step switch
    {
        CopyStep { From: null } copy => copy.Sources.Where(source => !(copy.IsAdd && IsRemote(source.Text))),
        RunStep run => run.Mounts.Where(mount => mount is { Kind: "bind", From: null }).Select(mount => PlacedText.Of(mount.Source ?? ".", mount.At)),
        _ => [],
    };

    public static bool IsRemote(string source) =>
        source.Contains("://", StringComparison.Ordinal) || source.StartsWith("git@", StringComparison.Ordinal);

    // A source that cannot be known may be anything.
    static string Expanded(VariableScope scope, PlacedText source)
    {
        try
        {
            return scope.Expand(source);
        }
        catch (DockerfileSyntaxException)
        {
            return ".";
        }
    }
}
