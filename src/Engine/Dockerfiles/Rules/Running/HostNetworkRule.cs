using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Running;

internal sealed class HostNetworkRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("host-network", Severity.Medium,
        "A step runs in the network of the builder's machine", "Take --network=host out.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        RunFlag.Remarks(file, "network", "host", "the step reaches what listens on the machine that builds, and needs a builder that allows it");
}
