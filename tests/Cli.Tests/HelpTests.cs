using System.Text.RegularExpressions;
using Plimsoll.Cli.Tests.Samples;

namespace Plimsoll.Cli.Tests;

public sealed partial class HelpTests
{
    static readonly string[] Verbs =
    [
        "inspect", "compare", "layers", "files", "sbom", "optimize", "policy", "policy init", "policy check", "checks", "advise", "rules",
        "advisories", "advisories update", "advisories import", "advisories status", "vulnerabilities",
        "login", "submit", "wait", "verdict", "report", "images", "logout", "rollouts", "rollouts explain", "completion", "version",
    ];

    public static TheoryData<string> EachVerb => [.. Verbs];

    [Theory]
    [MemberData(nameof(EachVerb))]
    public async Task The_help_of_each_verb_has_an_example(string verb)
    {
        var help = await Help(verb);
        Assert.Matches(@"\nExamples?\n  .*plimsoll ", help);
        Assert.Contains($"Usage\n  plimsoll {verb}", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_root_help_names_each_verb_with_an_example()
    {
        var help = await Help("");
        foreach (var verb in Verbs.Where(verb => verb is not ("policy" or "advisories")))
            Assert.Matches($@"\n  {verb} .+\n(?: .+\n)? +.*plimsoll {verb.Replace(" ", ".", StringComparison.Ordinal)}", help);
    }

    [Theory]
    [InlineData("")]
    [InlineData("inspect")]
    [InlineData("advise")]
    [InlineData("submit")]
    [InlineData("wait")]
    [InlineData("verdict")]
    public async Task Exit_codes_stand_in_the_help(string verb)
    {
        var help = await Help(verb);
        Assert.All(new[] { 0, 1, 2, 3, 64, 130 }, code => Assert.Matches($@"\n  {code} +\w", help));
    }

    [Fact]
    public async Task The_page_on_the_command_line_names_each_verb_and_option_of_the_help()
    {
        var page = File.ReadAllText(Repository.At("docs/cli.md"));
        foreach (var verb in Verbs)
        {
            Assert.Contains($"`plimsoll {verb}", page, StringComparison.Ordinal);
            var section = Section(page, verb.Split(' ')[0]);
            foreach (var option in Options().Matches(await Help(verb)).Select(match => match.Groups[1].Value))
                Assert.True(section.Contains($"`{option}", StringComparison.Ordinal), $"docs/cli.md does not name {option} under {verb}");
        }
    }

    [Fact]
    public async Task The_page_on_the_command_line_names_nothing_that_is_not_there()
    {
        var page = File.ReadAllText(Repository.At("docs/cli.md"));
        var known = new HashSet<string> { "--help", "-h" };
        foreach (var verb in Verbs)
            known.UnionWith(Options().Matches(await Help(verb)).Select(match => match.Groups[1].Value));
        Assert.All(Named().Matches(page).Select(match => match.Value), option => Assert.Contains(option, known));
    }

    static async Task<string> Help(string verb) =>
        (await Tool.Run([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])).Exits(0).Output;

    static string Section(string page, string verb)
    {
        var from = page.IndexOf($"\n## {verb}", StringComparison.Ordinal);
        Assert.True(from >= 0, $"docs/cli.md has no section on {verb}");
        var to = page.IndexOf("\n## ", from + 4, StringComparison.Ordinal);
        return to < 0 ? page[from..] : page[from..to];
    }

    [GeneratedRegex(@"^  (--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Options();

    [GeneratedRegex(@"(?<=[`\s])--[a-z][a-z-]+")]
    private static partial Regex Named();
}
