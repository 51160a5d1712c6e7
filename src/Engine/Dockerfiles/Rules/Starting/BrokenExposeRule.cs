using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

internal sealed class BrokenExposeRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("broken-expose", Severity.High, "EXPOSE names what is no port",
        "Name ports from 1 to 65535: 8080, 8080/udp or 8000-8010.", "DL3011");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from port in ExposedPort.All(file)
        where port.Problem is not null
        select Remark.At(port.Text, $"{port.Text} {port.Problem}");
}
