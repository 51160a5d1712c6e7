using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

internal sealed class NamedUserRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("named-user", Severity.Info,
        "The user is a name, which Kubernetes cannot verify to be other than root", "Name the user by its number: USER 10001.", "DL3066");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        TargetUser.Of(file) is { } user && TargetUser.NameIn(user) is var name && name != "root"
            && !name.Contains('$', StringComparison.Ordinal) && !name.All(char.IsAsciiDigit)
            ? [Remark.At(user.Value, $"with runAsNonRoot: true a container that runs as {name} does not start")] : [];
}
