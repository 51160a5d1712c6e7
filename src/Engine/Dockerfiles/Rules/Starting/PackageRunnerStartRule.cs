using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

internal sealed class PackageRunnerStartRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("package-runner-start", Severity.Low,
        "A package manager starts the program", "Start the program itself: CMD [\"node\", \"server.js\"].", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from one in file.Steps
        let command = ShellFormRule.CommandOf(one.Step)
        where command is not null
        where CallReader.Of(command) is [{ Program: "npm" or "yarn" or "pnpm",
            Words: [_, { Text: "start" or "run" or "run-script" or "serve" }, ..] }, ..]
        select Remark.At(command.Text, "the package manager stays in front of the program, and does not hand on every signal");
}
