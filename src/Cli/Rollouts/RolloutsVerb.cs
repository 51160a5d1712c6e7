using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Rollouts;

/// <summary><c>plimsoll rollouts</c>: the ImageRollouts of a cluster, with the verdict and where each is.</summary>
internal static class RolloutsVerb
{
    public static Verb Verb()
    {
        var verb = new Verb(VerbGroup.Cluster, "rollouts", "Lists the rollouts of a cluster: the image, the verdict, and where each is.", ["plimsoll rollouts --all-namespaces", "plimsoll rollouts -n shop --format json"]);
        var (cluster, format) = (new ClusterOptions(verb), ListingFormat.Option());
        format.Recursive = true;
        verb.Add(format);
        verb.Add(ExplainVerb.Verb(cluster, format));
        verb.SetAction((parsed, ct) => List(cluster.Of(parsed), parsed.GetValue(format)!, ct));
        return verb;
    }

    static async Task<int> List(Cluster cluster, string format, CancellationToken ct)
    {
        var rollouts = await cluster.All(ct);
        if (rollouts.Count == 0 && format != "json")
            return CommandLine.Say(ExitCode.Passed, $"there is no ImageRollout {cluster.Place}{(cluster.IsEverywhere ? "" : ": --namespace names another, --all-namespaces looks into all")}");
        ListingFormat.Write(
            format, screen => new RolloutTable(rollouts, cluster.IsEverywhere, TimeProvider.System.GetUtcNow(), screen).Write(), output => RolloutJson.Write(rollouts.Select(RolloutAnswer.Of), output));
        if (format != "json" && rollouts.FirstOrDefault(rollout => rollout.Phase is "Blocked" or "Stalled" or "RolledBack") is { } stuck)
            Hint(stuck, cluster);
        return ExitCode.Passed;
    }

    static void Hint(ImageRollout stuck, Cluster cluster)
    {
        using var error = Screen.OnStandardError();
        error.Advice($"{ShellWords.Join(["plimsoll", "rollouts", "explain", stuck.Name, .. cluster.Access, "-n", stuck.Namespace])} says why", 0);
    }
}
