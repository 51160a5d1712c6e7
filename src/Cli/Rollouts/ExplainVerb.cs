using System.CommandLine;
using System.Text.RegularExpressions;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Rollouts;

/// <summary><c>plimsoll rollouts explain NAME</c>: why a rollout is where it is, and what to do about it.</summary>
internal static partial class ExplainVerb
{
    public static Verb Verb(ClusterOptions options, Option<string> format)
    {
        var name = new Argument<string>("name") { Description = "the name of the ImageRollout" };
        name.NoOption().Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var word }] && !ObjectName().IsMatch(word))
                result.AddError($"'{word}' cannot be the name of an ImageRollout (small letters, digits, dashes and dots)");
        });
        var verb = new Verb(VerbGroup.Cluster, "explain", "Says why a rollout is where it is: the stage, the verdict, which rules failed, and what to do.", ["plimsoll rollouts explain checkout -n shop"])
        {
            name,
        };
        verb.SetAction((parsed, ct) => Explain(options.Of(parsed), parsed.GetValue(name)!, parsed.GetValue(format)!, ct));
        return verb;
    }

    static async Task<int> Explain(Cluster cluster, string name, string format, CancellationToken ct)
    {
        var rollouts = await cluster.Named(name, ct);
        if (rollouts.Count == 0)
            return CommandLine.Say(ExitCode.NotInspected, $"there is no ImageRollout '{name}' {cluster.Place}: {(cluster.IsEverywhere ? "'plimsoll rollouts -A' lists those that there are" : "--namespace names another, --all-namespaces looks into all")}");
        var now = TimeProvider.System.GetUtcNow();
        ListingFormat.Write(
            format, screen => Pages(rollouts, cluster, now, screen),
            output => RolloutJson.Write(rollouts.Select(rollout => RolloutAnswer.Of(rollout) with { Next = Next(rollout, cluster, now), Status = rollout.Status }), output));
        return ExitCode.Passed;
    }

    static void Pages(IReadOnlyList<ImageRollout> rollouts, Cluster cluster, DateTimeOffset now, Screen screen)
    {
        foreach (var (rollout, number) in rollouts.Select((rollout, number) => (rollout, number)))
        {
            if (number > 0)
                screen.Write();
            new RolloutPage(rollout, Next(rollout, cluster, now), now, screen).Write();
        }
    }

    static IReadOnlyList<NextStep> Next(ImageRollout rollout, Cluster cluster, DateTimeOffset now) => [.. new NextSteps(rollout, cluster.Access, now).All()];

    // As Kubernetes has it.
    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\z")]
    private static partial Regex ObjectName();
}
