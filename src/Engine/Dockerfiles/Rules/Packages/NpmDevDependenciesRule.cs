using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class NpmDevDependenciesRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        "npm-dev-dependencies", Severity.Low, "Packages for development are in the image that is built",
        "Give --omit=dev to npm ci; where a build needs them, do it in another stage.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var shipped = new ShippedStages(file.Plan);
        var pruned = file.Runs.Where(run => run.Calls.Any(call => call.Program == "npm" && call.Verb() == "prune"))
            .Select(run => run.Stage.Number).ToHashSet();
        return from one in NpmCall.In(file)
               where one.IsProject && shipped.IsInTarget(one.Run.Stage) && !pruned.Contains(one.Run.Stage.Number)
                   && !OmitsThem(one) && !one.Call.MayHoldOptions
               select one.Remark("this installs devDependencies too: compilers, test runners and all that they need");
    }

    static bool OmitsThem(NpmCall one) =>
        one.Call.Has("--production", "--only=production", "--only=prod", "--omit=dev") || one.Call.Mentions("omit=dev")
        || one.Call.Words.Zip(one.Call.Words.Skip(1))
            .Any(pair => pair is { First.Text: "--omit", Second.Text: "dev" } or { First.Text: "--only", Second.Text: "production" or "prod" })
        || one.Call.Settings.Contains("NODE_ENV=production") || one.Run.Variables.GetValueOrDefault("NODE_ENV") is "production" or ['$', ..]
        || one.Run.Variables.GetValueOrDefault("NPM_CONFIG_OMIT") == "dev" || one.Run.Variables.GetValueOrDefault("NPM_CONFIG_PRODUCTION") == "true";
}
