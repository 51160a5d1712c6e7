using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

internal sealed class PrivilegedPortRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("privileged-port", Severity.Low, "The image exposes a port below 1024",
        "Let the program listen on a port from 1024 up, and map it where it is published.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from port in ExposedPort.All(file)
        where port.Problem is null && port.First is > 0 and < 1024
        select Remark.At(port.Text, $"port {port.First} takes rights that a user other than root does not have everywhere");
}
