using System.CommandLine;
using Plimsoll.Cli.Server;

namespace Plimsoll.Cli.Rollouts;

/// <summary>The cluster that a verb looks into, and where in it. They count for the verbs below too.</summary>
internal sealed class ClusterOptions
{
    readonly Option<string?> _namespace = new("--namespace", "-n") { HelpName = "name", Description = "the namespace to look into; else that of the context", Recursive = true };

    readonly Option<bool> _everywhere = new("--all-namespaces", "-A") { Description = "look into all namespaces", Recursive = true };

    readonly Option<string?> _context = new("--context") { HelpName = "name", Description = "the context of kubectl; else its current one", Recursive = true };

    readonly Option<string?> _kubeconfig = new("--kubeconfig") { HelpName = "file", Description = "kubectl's configuration; else where kubectl looks for it", Recursive = true };

    readonly Option<TimeSpan> _timeout = TimeoutOption.Create(TimeSpan.FromSeconds(30), "how long kubectl may take, such as 90s or 2m (30s)");

    public ClusterOptions(Verb verb)
    {
        _timeout.Recursive = true;
        foreach (var option in (Option[])[_namespace, _everywhere, _context, _kubeconfig, _timeout])
            verb.Add(option);
    }

    public Cluster Of(ParseResult parsed)
    {
        // Each in one word: what begins with a dash is a value all the same.
        IReadOnlyList<string> access = [.. Word("--kubeconfig", parsed.GetValue(_kubeconfig)), .. Word("--context", parsed.GetValue(_context))];
        return new Cluster(access, parsed.GetValue(_namespace), parsed.GetValue(_everywhere), parsed.GetValue(_timeout));
    }

    static IEnumerable<string> Word(string option, string? value) => value is null ? [] : [$"{option}={value}"];
}
