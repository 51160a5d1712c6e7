using System.Text.RegularExpressions;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Store.Settings;

namespace Plimsoll.Service.Tests;

public sealed partial class OperationsPageTests
{
    static readonly string Page = File.ReadAllText(Repository.At("docs/operations.md"));

    [Fact]
    public void The_page_has_every_variable_with_what_it_takes_and_what_happens_without_it()
    {
        var table = string.Join('\n', ["| variable | takes | without it |", "| --- | --- | --- |", .. Variables.All.Select(one => $"| `{one.Name}` | {one.Takes} | {one.Unset} |")]);
        Assert.True(Page.Contains(table, StringComparison.Ordinal), $"the table of docs/operations.md should be\n\n{table}");
    }

    [Fact]
    public void Every_metric_of_the_service_is_on_the_page_and_the_page_names_no_other()
    {
        var made = Directory.EnumerateFiles(Repository.At("src"), "*.cs", SearchOption.AllDirectories).Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(path => Instrument().Matches(File.ReadAllText(path))).Select(match => match.Groups[1].Value.Replace('.', '_')).Distinct().Order().ToList();
        var named = Row().Matches(Page).Select(match => match.Groups[1].Value).Order().ToList();
        Assert.True(made.Count >= 8);
        Assert.Equal(made, named.Select(name => made.FirstOrDefault(one => name == one || name == one + "_total" || name == one + "_seconds") ?? name));
    }

    [GeneratedRegex("Create\\w+(?:<\\w+>)?\\(\\s*\"(plimsoll[a-z._]*)\"")]
    private static partial Regex Instrument();

    [GeneratedRegex(@"^\| `(plimsoll_\w+)", RegexOptions.Multiline)]
    private static partial Regex Row();
}
