using System.Text;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Dockerfiles.Rules.Values;

/// <summary>A secret that a Dockerfile says. Its value is never shown.</summary>
/// <param name="Name">Of the variable or option; null where its shape alone tells.</param>
internal sealed record WrittenSecret(SecretHit Hit, string? Name, PlacedText Place)
{
    /// <summary>Whether a RUN says it.</summary>
    public bool IsOfCommand { get; } = Place.Text.Equals("RUN", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether it is a word that a command of the build is given in place of a key, such as <c>SECRET_KEY=for-build</c>: real ones have digits in
    /// them.
    /// </summary>
    public bool IsStandIn => IsOfCommand && Name is not null && !SecretNames.IsPassword(Name) && !Hit.Value.Any(char.IsAsciiDigit);

    /// <summary>Keeps what belongs to one text from being read with the next.</summary>
    const string Apart = "\n\n\n\n";

    /// <summary>In the order of the file. All texts are searched as one: each search has a price of its own.</summary>
    public static IReadOnlyList<WrittenSecret> In(BuildPlan plan)
    {
        var texts = plan.Before.Concat(plan.Stages.SelectMany(stage => stage.Steps)).SelectMany(Texts).ToList();
        var (all, starts) = (new StringBuilder(), new List<int>());
        foreach (var text in texts)
        {
            starts.Add(all.Length);
            all.Append(text.Text).Append(Apart);
        }
        var hits = SecretText.Find(all.ToString()).ToLookup(hit => starts.BinarySearch(hit.Start) is var at && at >= 0 ? at : ~at - 1);
        return [.. texts.SelectMany((text, number) => hits[number] is var shaped && shaped.Any()
            ? shaped.Select(hit => new WrittenSecret(hit, text.Name ?? hit.Name, text.Place))
            : text.Name is { } name && SecretText.ByName(name, text.Text, 0) is { } named ? [new WrittenSecret(named, name, text.Place)] : [])];
    }

    static IEnumerable<(string Text, string? Name, PlacedText Place)> Texts(BuildStep step) => step switch
    {
        OnBuildStep on => Texts(on.Step),
        ArgStep arg => arg.Values.SelectMany(Value),
        EnvStep env => env.Values.SelectMany(Value),
        LabelStep or RunStep or CmdStep or EntrypointStep => step.Source.Heredocs.Select(document => document.Content)
            .Prepend(step.Source.Arguments.Text).Select(text => (text, (string?)null, step.Source.Keyword)),
        _ => [],
    };

    static IEnumerable<(string Text, string? Name, PlacedText Place)> Value(NamedValue one) =>
        one.Value is { Length: > 0 } value ? [(ShellWords.WithoutQuotes(value.Text), one.Name.Text, one.Name)] : [];
}
