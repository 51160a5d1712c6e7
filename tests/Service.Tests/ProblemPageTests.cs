using System.Text.RegularExpressions;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

public sealed partial class ProblemPageTests(PostgresServer postgres, RedisServer redis)
{
    [Fact]
    public async Task Every_type_of_problem_has_its_paragraph_with_its_status_and_no_paragraph_is_of_none()
    {
        var sources = Directory.EnumerateFiles(Repository.At("src/Api"), "*.cs", SearchOption.AllDirectories).Where(path => !path.Contains("/obj/", StringComparison.Ordinal));
        var used = sources.SelectMany(path => Use().Matches(File.ReadAllText(path))).Select(match => (Status: match.Groups[1].Value, Type: match.Groups[2].Value))
            .Append((Status: "413", Type: "too-large")).Distinct().ToList();
        var pages = File.ReadAllText(Repository.At("docs/problems.md")).Split("\n## ").Skip(1).ToDictionary(section => section.Split('\n')[0]);

        Assert.Equal(used.Select(one => one.Type).Distinct().Order(), pages.Keys.Order());
        foreach (var (status, type) in used)
            Assert.StartsWith($"{status}.", pages[type].Split('\n')[2]);

        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        foreach (var type in pages.Keys)
            Assert.StartsWith($"# {type}\n", await service.Anonymous.GetStringAsync($"/problems/{type}", TestContext.Current.CancellationToken));
    }

    [GeneratedRegex("""\bOf\((\d{3}), *"([a-z0-9-]+)",""")]
    private static partial Regex Use();
}
