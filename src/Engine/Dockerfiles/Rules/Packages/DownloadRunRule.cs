using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class DownloadRunRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new(
        "download-run", Severity.Medium, "A script is run as it comes from the network",
        "Fetch a file of a fixed version, hold it against its checksum, and run it then.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from download in Download.In(file)
        let runner = download.RunBy()
        where runner is not null
        select download.Address.Remark($"{runner.Program} runs whatever this address sends on that day, and half of it where the transfer breaks");
}
