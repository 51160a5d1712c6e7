using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Plans;

/// <summary>
/// Finds words whose quotes and variables no builder can read, whatever it is given (Dockerfile reference, "Environment replacement").
/// </summary>
internal static class WordCheck
{
    /// <exception cref="DockerfileSyntaxException">There is such a word.</exception>
    public static void Look(BuildStep step, char escape)
    {
        // Each variable has a value: whether one that must be set is, only the build can say.
        var substitution = new Substitution(escape, _ => "a");
        foreach (var word in Words(step))
            substitution.Expand(word);
    }

    // Of an ONBUILD it is the build on top of this one that reads them.
    static IEnumerable<PlacedText> Words(BuildStep step) => step switch
    {
        ArgStep arg => Of(arg.Values),
        EnvStep env => Of(env.Values),
        LabelStep label => Of(label.Values),
        CopyStep copy => [.. copy.Sources, copy.Destination],
        TextStep { Source.Name: not "MAINTAINER" } text => [text.Value],
        ListStep list => list.Values,
        _ => [],
    };

    static IEnumerable<PlacedText> Of(IReadOnlyList<NamedValue> values) =>
        values.SelectMany(one => one.Value is { } value ? (PlacedText[])[one.Name, value] : [one.Name]);
}
