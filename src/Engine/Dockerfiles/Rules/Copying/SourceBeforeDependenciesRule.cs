using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Copying;

internal sealed class SourceBeforeDependenciesRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("source-before-dependencies", Severity.Medium, "Dependencies are restored anew after every change of the source", "Copy the files that name the dependencies, restore, and copy the rest then.", null);

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
                else if (whole is not null && step is RunStep run && Restoring(runs[run]) is var (call, manifests) && !manifests.Any(before.Contains) && !run.Mounts.Any(mount => mount.Kind == "bind"))
                {
                    yield return runs[run].Remark(call.Program, $"{call.Program} restores dependencies after line {whole.Source.At.Line} copied all of the source, so that each change of any file does it again");
                    break;
                }
        }
    }

    static IEnumerable<string> Names(CopyStep copy) => copy.Sources.Select(source => ProgramCall.NameOf(source.Text)).SelectMany(name => new[] { name, $"*{Path.GetExtension(name)}" });

    static (ProgramCall Call, string[] Manifests)? Restoring(ReviewedRun run) =>
        ProgramCall.In(run).Select(call => (call, Manifests(call))).Where(one => one.Item2.Length > 0).Select(one => ((ProgramCall, string[])?)one).FirstOrDefault();

    // What names the dependencies; none where the call restores none, or needs the source for it.
    static string[] Manifests(ProgramCall call) => (call.Program, call.Operands.ToList()) switch
    {
        ("npm" or "pnpm", ["ci" or "install" or "i"]) or ("yarn", [] or ["install"]) when !call.Arguments.Any(option => option is "-g" or "--global" or "--version" or "-v") =>
            ["package.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "package*.json"],
        ("pip" or "pip3", ["install", ..]) when call.Arguments.Any(option => option is "-r" or "--requirement") => ["*.txt", "*.toml", "*.in"],
        ("python" or "python3", ["pip", "install", ..]) when call.Arguments.Any(option => option is "-r" or "--requirement") => ["*.txt", "*.toml", "*.in"],
        ("dotnet", ["restore", ..]) => ["*.csproj", "*.fsproj", "*.vbproj", "*.sln", "*.slnx", "packages.lock.json"],
        ("go", ["mod", "download", ..]) => ["go.mod", "go.sum", "*.mod", "go.*"],
        ("bundle", ["install", ..]) => ["Gemfile", "Gemfile.lock", "Gemfile*"],
        ("cargo", ["fetch", ..]) => ["Cargo.toml", "Cargo.lock", "*.toml", "Cargo.*"],
        ("composer", ["install", ..]) => ["composer.json", "composer.lock", "composer.*"],
        ("mvn" or "mvnw", [var goal, ..]) when goal.StartsWith("dependency:", StringComparison.Ordinal) => ["pom.xml"],
        ("poetry", ["install", ..]) => ["pyproject.toml", "*.toml", "poetry.lock"],
        ("mix", ["deps.get", ..]) => ["mix.exs", "mix.lock", "*.exs"],
        _ => [],
    };
}
