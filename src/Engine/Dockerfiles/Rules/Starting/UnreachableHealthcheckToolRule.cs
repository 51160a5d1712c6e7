using Plimsoll.Engine.Dockerfiles.Rules.Stages;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

internal sealed class UnreachableHealthcheckToolRule : IDockerfileRule
{
    static readonly string[] Tools = ["curl", "wget"];

    public RuleInfo Info { get; } = new(
        "unreachable-healthcheck-tool", Severity.Medium, "The health check calls a tool that the image does not have",
        "Let the program check itself, or install what the check calls.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var steps = StageLine.Steps(file.Target).ToList();
        if (steps.OfType<HealthcheckStep>().LastOrDefault() is not { Command: { } command } || Tool(command.Text.Text) is not { } tool)
            return [];
        var lowest = StageLine.Of(file.Target)[0];
        var isBrought = steps.Exists(step => step is not HealthcheckStep && step.Source.Arguments.Text.Contains(tool, StringComparison.Ordinal)
            || step.Source.Heredocs.Any(document => document.Content.Contains(tool, StringComparison.Ordinal)));
        return isBrought || BaseName.Of(lowest) is not { } name || !Lacks(lowest.Image!, name, tool) ? []
            : [Remark.At(command.Text.Slice(command.Text.Text.IndexOf(tool, StringComparison.Ordinal), tool.Length),
                $"{lowest.Image} has no {tool}, and nothing here installs it")];
    }

    static string? Tool(string command) => Tools.FirstOrDefault(tool => command.Contains(tool, StringComparison.Ordinal));

    // Only bases of which it is known.
    static bool Lacks(string image, BaseName name, string tool) =>
        image == "scratch" || image.Contains("distroless", StringComparison.Ordinal) || image.Contains("chiseled", StringComparison.Ordinal)
        || name.Name is "debian" or "ubuntu" || name.Tag?.Contains("slim", StringComparison.Ordinal) is true
        || tool == "curl" && (name.Name is "alpine" or "busybox" || name.Tag?.Contains("alpine", StringComparison.Ordinal) is true);
}
