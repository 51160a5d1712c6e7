using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class AptUncheckedRule : IDockerfileRule
{
    static readonly string[] Options = ["--force-yes", "--allow-unauthenticated", "--allow-insecure-repositories"];

    static readonly string[] Settings = ["AllowUnauthenticated", "AllowInsecureRepositories", "trusted=yes"];

    public RuleInfo Info { get; } = new(
        "apt-unchecked", Severity.High, "apt installs without a check of signatures",
        "Take the option away, and put the key of the repository into /etc/apt/keyrings with signed-by=.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from run in file.Runs
        from call in run.Calls
        from word in call.Words
        let found = Options.FirstOrDefault(option => call.Program is "apt-get" or "apt" && word.Text == option)
        ?? Settings.FirstOrDefault(setting => Says(word.Text, setting))
        where found is not null
        select word.Remark($"with {found}, whoever can change the traffic or the mirror decides what is installed");

    // Not where it is set to false, and not of a repository that stands in the image itself.
    static bool Says(string word, string setting) =>
        !word.Contains("file:", StringComparison.Ordinal) && word.IndexOf(setting, StringComparison.OrdinalIgnoreCase) is >= 0 and var at
            && word.AsSpan(at + setting.Length).TrimStart(" =\"'") is not (['0', ..] or ['f' or 'F', ..] or ['n', 'o', ..]);
}
