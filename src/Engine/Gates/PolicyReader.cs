using System.Text.RegularExpressions;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Gates;

/// <summary>Reads a policy from YAML or JSON. Whatever is wrong is said at once, each problem with its line.</summary>
public static partial class PolicyReader
{
    /// <summary>A policy file that is larger, in characters, is not read.</summary>
    public const int MaxLength = 64 << 10;

    /// <param name="text">YAML 1.2 or JSON.</param>
    /// <param name="knownChecks">The ids that <c>require</c> may name.</param>
    public static PolicyReading Read(string text, IReadOnlySet<string> knownChecks)
    {
        var problems = new List<PolicyProblem>();
        if (text.Length > MaxLength)
            return new PolicyReading(null, [new PolicyProblem(1, 1, $"the policy has {text.Length} characters; {MaxLength} can be read")]);
        if (PolicyNode.Read(text, problems) is not { } root)
            return new PolicyReading(null, problems);
        var policy = Policy(new PolicyFields("", root, problems), knownChecks);
        return new PolicyReading(problems.Count == 0 ? policy : null, [.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)]);
    }

    static Policy Policy(PolicyFields fields, IReadOnlySet<string> knownChecks)
    {
        var name = fields.Text("name", required: true) ?? "";
        if (name.Length > 0 && !NamePattern().IsMatch(name))
            fields.Problem(fields.Node("name")!, $"name takes lower-case letters, digits and hyphens, at most 63, not '{name}'");
        var policy = new Policy(
            name, Limits(fields.Section("limits")), Vulnerabilities(fields.Section("vulnerabilities")),
            FailOn(fields.Section("findings"), PolicyValues.FailOn, PolicyValues.SeverityTakes),
            FailOn(fields.Section("secrets"), PolicyValues.SecretsFailOn, PolicyValues.SecretsTakes),
            Require(fields, knownChecks), [.. fields.List("exemptions").Select((node, i) => Exemption(fields, node, i, knownChecks)).OfType<Exemption>()]);
        fields.RefuseUnknown();
        return policy;
    }

    static PolicyLimits Limits(PolicyFields fields)
    {
        var limits = new PolicyLimits(
            fields.Value("size", PolicyValues.Bytes, PolicyValues.BytesTakes), fields.Value("layers", PolicyValues.Count, "a number of layers"),
            fields.Value("efficiency", PolicyValues.Share, PolicyValues.ShareTakes), fields.Value("waste", PolicyValues.Bytes, PolicyValues.BytesTakes));
        fields.RefuseUnknown();
        return limits;
    }

    static VulnerabilityRules? Vulnerabilities(PolicyFields fields)
    {
        var rules = new VulnerabilityRules(
            fields.Value("failOn", PolicyValues.FailOn, PolicyValues.SeverityTakes),
            fields.Value("onlyFixable", PolicyValues.Flag, "true or false") ?? false,
            fields.Value("graceDays", PolicyValues.Count, "a number of days") ?? 0,
            fields.Value("failOnKnownExploited", PolicyValues.Flag, "true or false") ?? false,
            fields.Value("maxDataAge", PolicyValues.Age, PolicyValues.AgeTakes),
            fields.Value("whenNoData", PolicyValues.WhenNoData, PolicyValues.DataTakes))
        {
            IgnoreVex = fields.Value("ignoreVex", PolicyValues.Flag, "true or false") ?? false,
        };
        fields.RefuseUnknown();
        return fields.IsGiven ? rules : null;
    }

    static Severity? FailOn(PolicyFields fields, Func<string, Severity?> parse, string takes)
    {
        var severity = fields.Value("failOn", parse, takes);
        fields.RefuseUnknown();
        return severity;
    }

    static List<string> Require(PolicyFields fields, IReadOnlySet<string> knownChecks)
    {
        var ids = new List<string>();
        foreach (var node in fields.List("require"))
            if (node is not PolicyNode.Scalar { Text: var id })
                fields.Problem(node, "require takes ids of checks");
            else if (!knownChecks.Contains(id))
                fields.Problem(node, $"require: there is no check '{id}'{(PolicyFields.Nearest(id, knownChecks) is { } near ? $", did you mean '{near}'?" : "")}; 'plimsoll checks' lists them");
            else if (!ids.Contains(id))
                ids.Add(id);
        return ids;
    }

    static Exemption? Exemption(PolicyFields parent, PolicyNode node, int number, IReadOnlySet<string> knownChecks)
    {
        if (node is not PolicyNode.Map)
        {
            parent.Problem(node, "an exemption takes the fields id, reason, owner and until");
            return null;
        }
        var fields = parent.Item($"exemptions[{number}]", node);
        var (id, package, reason, owner) = (fields.Text("id", true), fields.Text("package"), fields.Text("reason", true), fields.Text("owner", true));
        var until = fields.Value("until", PolicyValues.Day, "a day such as 2026-12-31");
        if (fields.Node("until") is null)
            fields.Problem(node, $"exemptions[{number}].until is missing: an exemption without an end is a hole in the policy");
        if (package is not null && id is not null && knownChecks.Contains(id))
            fields.Problem(fields.Node("package")!, $"exemptions[{number}].package: '{id}' is a check, which is about the image and not about a package: leave package out");
        fields.RefuseUnknown();
        return id is null || reason is null || owner is null || until is null ? null : new Exemption(id, package, reason, owner, until.Value);
    }

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex NamePattern();
}
