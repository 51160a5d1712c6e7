using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Dockerfiles.Rules.Values;

/// <summary>A secret that a Dockerfile says. Its value is never shown.</summary>
/// <param name="Name">Of the variable; null where it stands in a command or a label.</param>
internal sealed record WrittenSecret(SecretHit Hit, string? Name, PlacedText Place)
{
    public static IEnumerable<WrittenSecret> All(ReviewedFile file) => file.Plan.Before.Concat(file.Steps.Select(one => one.Step)).SelectMany(Of);

    static IEnumerable<WrittenSecret> Of(BuildStep step) => step switch
    {
        ArgStep arg => arg.Values.SelectMany(Of),
        EnvStep env => env.Values.SelectMany(Of),
        LabelStep or RunStep or CmdStep or EntrypointStep => SecretText.Find(step.Source.Arguments.Text).Select(hit => new WrittenSecret(hit, hit.Name, step.Source.Keyword)),
        _ => [],
    };

    static IEnumerable<WrittenSecret> Of(NamedValue one) =>
        one.Value is not { Length: > 0 } value ? [] : SecretText.FindIn(one.Name.Text, ShellWords.WithoutQuotes(value.Text)).Take(1).Select(hit => new WrittenSecret(hit, one.Name.Text, one.Name));
}
