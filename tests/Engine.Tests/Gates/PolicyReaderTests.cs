using CsCheck;
using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Tests.Gates;

public sealed class PolicyReaderTests
{
    static readonly HashSet<string> Known = [.. CheckCatalogue.All.Select(check => check.Id)];

    const string Full = """
        name: production
        limits:
          size: 250MiB
          layers: 40
          efficiency: 0.95
          waste: 20MiB
        vulnerabilities: { failOn: high, onlyFixable: true, graceDays: 7, failOnKnownExploited: true, maxDataAge: 7d, whenNoData: undecided }
        findings:        { failOn: medium }
        secrets:         { failOn: any }
        require:         [ non-root-user, healthcheck, unneeded-files ]
        exemptions:
          - { id: CVE-2026-0001, package: "pkg:deb/debian/openssl", reason: "not reachable", owner: "team-a", until: 2026-12-31 }
        """;

    static PolicyReading Read(string text) => PolicyReader.Read(text, Known);

    static void IsProduction(PolicyReading reading)
    {
        Assert.Empty(reading.Problems);
        var policy = reading.Policy!;
        Assert.Equal(("production", new PolicyLimits(250 << 20, 40, 0.95, 20 << 20)), (policy.Name, policy.Limits));
        Assert.Equal(new VulnerabilityRules(Severity.High, true, 7, true, TimeSpan.FromDays(7), Outcome.Undecided), policy.Vulnerabilities);
        Assert.Equal((Severity.Medium, Severity.Info), (policy.FindingsFailOn!.Value, policy.SecretsFailOn!.Value));
        Assert.Equal(["non-root-user", "healthcheck", "unneeded-files"], policy.Require);
        Assert.Equal(new Exemption("CVE-2026-0001", "pkg:deb/debian/openssl", "not reachable", "team-a", new DateOnly(2026, 12, 31)), Assert.Single(policy.Exemptions));
    }

    [Fact]
    public void Every_field_of_a_policy_is_read() => IsProduction(Read(Full));

    [Fact]
    public void The_same_policy_may_be_json() => IsProduction(Read("""
        { "name": "production", "limits": { "size": "250MiB", "layers": 40, "efficiency": 0.95, "waste": 20971520 },
          "vulnerabilities": { "failOn": "high", "onlyFixable": true, "graceDays": 7, "failOnKnownExploited": true, "maxDataAge": "7d", "whenNoData": "undecided" },
          "findings": { "failOn": "medium" }, "secrets": { "failOn": "any" }, "require": ["non-root-user", "healthcheck", "unneeded-files"],
          "exemptions": [ { "id": "CVE-2026-0001", "package": "pkg:deb/debian/openssl", "reason": "not reachable", "owner": "team-a", "until": "2026-12-31" } ] }
        """));

    [Fact]
    public void The_template_and_the_policies_of_the_repository_are_sound()
    {
        Assert.Empty(Read(PolicyTemplate.Text).Problems);
        foreach (var file in Directory.GetFiles(Samples.Repository.At("policies")))
            Assert.Empty(Read(File.ReadAllText(file)).Problems);
    }

    [Theory]
    [InlineData("name: a\nlimts: { size: 1 }", 2, "unknown field 'limts', did you mean 'limits'?")]
    [InlineData("name: a\nlimits:\n  sise: 1", 3, "unknown field 'limits.sise', did you mean 'size'?")]
    [InlineData("name: a\nvulnerabilities: { failon: high }", 2, "unknown field 'vulnerabilities.failon', did you mean 'failOn'?")]
    [InlineData("name: a\nexemptions:\n- { id: x, reason: r, owner: o, until: 2026-01-01, untill: 1 }", 3, "unknown field 'exemptions[0].untill'")]
    [InlineData("limits: { size: 1 }", 1, "name is missing")]
    [InlineData("name: Not A Name", 1, "name takes lower-case letters")]
    [InlineData("name: a\nname: b", 2, "'name' is given twice")]
    [InlineData("name: a\nlimits: { size: big }", 2, "limits.size takes bytes such as 250MiB, 1.5GiB or 20000000, not 'big'")]
    [InlineData("name: a\nlimits: { size: -1 }", 2, "limits.size takes bytes")]
    [InlineData("name: a\nlimits: { size: 99999999999GiB }", 2, "limits.size takes bytes")]
    [InlineData("name: a\nlimits: { efficiency: 1.1 }", 2, "limits.efficiency takes a share")]
    [InlineData("name: a\nlimits: { layers: 1.5 }", 2, "limits.layers takes a number of layers")]
    [InlineData("name: a\nlimits: [ 1 ]", 2, "limits takes fields, not a list")]
    [InlineData("name: a\nfindings: { failOn: severe }", 2, "findings.failOn takes info, low, medium")]
    [InlineData("name: a\nsecrets: { failOn: [ any ] }", 2, "secrets.failOn takes any")]
    [InlineData("name: a\nvulnerabilities: { maxDataAge: 7 }", 2, "vulnerabilities.maxDataAge takes an age")]
    [InlineData("name: a\nvulnerabilities: { onlyFixable: yes }", 2, "takes true or false")]
    [InlineData("name: a\nrequire: [ non-root-usr ]", 2, "there is no check 'non-root-usr', did you mean 'non-root-user'?")]
    [InlineData("name: a\nrequire: non-root-user", 2, "require takes a list")]
    [InlineData("name: a\nexemptions: [ { id: x, reason: r, owner: o } ]", 2, "exemptions[0].until is missing")]
    [InlineData("name: a\nexemptions: [ { id: x, until: 2026-01-01, owner: o } ]", 2, "exemptions[0].reason is missing")]
    [InlineData("name: a\nexemptions: [ { id: x, reason: r, owner: o, until: tomorrow } ]", 2, "takes a day such as 2026-12-31, not 'tomorrow'")]
    [InlineData("name: a\nexemptions:\n- id: setuid-setgid\n  package: pkg:deb/debian/sudo\n  reason: r\n  owner: o\n  until: 2026-01-01", 4, "exemptions[0].package: 'setuid-setgid' is a check")]
    [InlineData("name: a\nexemptions: [ all ]", 2, "an exemption takes the fields")]
    [InlineData("name: &a a\nlimits: *a", 1, "anchors, aliases and tags")]
    [InlineData("name: !!str a", 1, "anchors, aliases and tags")]
    [InlineData("name: a\n---\nname: b", 2, "one policy, not several documents")]
    [InlineData("", 1, "the policy is empty")]
    [InlineData("- a", 1, "the policy takes fields, not a list")]
    [InlineData("name: a\nlimits: { size: [[[[[[[[[[[[1]]]]]]]]]]]] }", 2, "nested more than")]
    [InlineData("--- !<>", 1, "not well-formed YAML or JSON")]
    [InlineData("name: [", 2, "did not find expected node content")]
    public void A_mistake_is_named_with_its_line(string text, int line, string message)
    {
        var reading = Read(text);
        Assert.Null(reading.Policy);
        Assert.Contains(reading.Problems, problem => problem.Line == line && problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void All_mistakes_are_named_at_once() =>
        Assert.Equal([1, 2, 3, 4], Read("nme: a\nlimits: { size: x }\nfindings: { failOn: y }\nrequire: [ z ]").Problems.Select(problem => problem.Line).Distinct());

    [Fact]
    public void However_many_fields_there_are_each_that_is_unknown_is_named()
    {
        var fields = string.Join(", ", Enumerable.Range(0, 9_000).Select(i => $"{i:x}"));
        Assert.Equal(9_000, Read($"{{ name: a, limits: {{ {fields} }} }}").Problems.Select(problem => problem.Message).Distinct().Count());
        Assert.Contains("'1' is given twice", Assert.Single(Read($"{{ name: a, limits: {{ {fields}, 1 }} }}").Problems).Message);
    }

    [Fact]
    public void A_text_past_the_limit_is_not_read() => Assert.Contains("can be read", Assert.Single(Read(new string('#', PolicyReader.MaxLength + 1)).Problems).Message);

    static readonly string[] Marks =
    [
        "name", ": ", "\n", "- ", "{", "}", "[", "]", ",", "\"", "'", "&a", "*a", "!", "!!", "!<>", "|", ">", "#", "? ", "---", "--- ", "...", "\t", "%TAG ! a\n", "\0", "\ud800",
    ];

    [Fact]
    public void Whatever_marks_of_yaml_stand_in_it_there_is_a_policy_or_a_problem() =>
        Gen.Int[0, Marks.Length - 1].Select(i => Marks[i])
            .Array[0, 25].Sample(pieces =>
            {
                var reading = Read(string.Concat(pieces));
                return reading.Policy is not null ^ reading.Problems.Count > 0;
            }, iter: 20_000);

    [Fact]
    public void Whatever_the_text_is_there_is_a_policy_or_a_problem() =>
        Gen.Select(Gen.Int[0, Full.Length - 1], Gen.String[0, 12], Gen.Int[0, 20]).Sample((at, noise, cut) =>
        {
            var reading = Read(Full[..at] + noise + Full[Math.Min(Full.Length, at + cut)..]);
            return reading.Policy is not null ^ reading.Problems.Count > 0;
        }, iter: 5_000);
}
