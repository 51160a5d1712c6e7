using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class AptKeyRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        "apt-key", Severity.Medium, "apt-key lets one key sign for every repository",
        "Put the key into a file of /etc/apt/keyrings, and name that with signed-by= in the line of its repository.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        from call in run.Calls
        where call.Program == "apt-key" && call.Verb() is "add" or "adv" or "import"
        select call.Remark("a key that apt-key adds is trusted for every repository, and newer releases have no apt-key");
}
