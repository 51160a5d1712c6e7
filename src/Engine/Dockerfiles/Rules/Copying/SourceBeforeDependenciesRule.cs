using Plimsoll.Engine.Dockerfiles.Caching;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Copying;

internal sealed class SourceBeforeDependenciesRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("source-before-dependencies", Severity.Medium,
        "Dependencies are restored anew after every change of the source",
        "Copy the files that name the dependencies, restore, and copy the rest then.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var runs = RunsByStep.Of(file);
        var named = new Dictionary<BuildStage, HashSet<string>>(ReferenceEqualityComparer.Instance);
        foreach (var stage in file.Plan.Stages)
        {
            // A stage below may have restored them already.
            var before = named[stage] = new HashSet<string>(stage.Base is { } on ? named[on] : [], StringComparer.OrdinalIgnoreCase);
            CopyStep? whole = null;
            foreach (var step in stage.Steps)
                if (step is CopyStep copy)
                {
                    if (whole is null && CopiedPaths.IsWholeContext(copy))
                        whole = copy;
                    else if (whole is null)
                        before.UnionWith(Names(copy));
                }
                else if (whole is null && step is RunStep mounting)
                    before.UnionWith(mounting.Mounts.Where(mount => mount.Kind == "bind").Select(mount => RunCall.NameOf(mount.Source ?? "")));
                else if (whole is not null && step is RunStep run && RestoreTool.Of(runs[run].Calls) is var (tool, call, _)
                    && !Manifests(tool).Any(before.Contains) && !run.Mounts.Any(mount => mount.Kind == "bind"))
                {
                    yield return call.Words[0].Remark(
                        $"{call.Program} restores dependencies after line {whole.Source.At.Line} copied all of the source, "
                        + "so that each change of any file does it again");
                    break;
                }
        }
    }

    static IEnumerable<string> Names(CopyStep copy) =>
        copy.Sources.Select(source => RunCall.NameOf(source.Text)).SelectMany(name => new[] { name, $"*{Path.GetExtension(name)}" });

    // What names the dependencies, as a COPY may have it.
    static IEnumerable<string> Manifests(RestoreTool tool) => tool.Manifests.Concat(tool.Name switch
    {
        "npm" => ["package*.json"],
        "pip" => ["*.txt", "*.toml", "*.in"],
        "go" => ["*.mod", "go.*"],
        "bundle" => ["Gemfile*"],
        "cargo" => ["*.toml", "Cargo.*"],
        "composer" => ["composer.*"],
        "poetry" => ["*.toml"],
        "mix" => ["*.exs"],
        _ => Enumerable.Empty<string>(),
    });
}
