using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules.Values;

/// <summary>The parts of a step in which variables are replaced, by the builder or by the shell of a RUN.</summary>
internal static class SubstitutedWords
{
    public static IEnumerable<PlacedText> Of(BuildStep step) => step switch
    {
        CopyStep copy => copy.Sources.Append(copy.Destination),
        EnvStep env => env.Values.Select(one => one.Value).OfType<PlacedText>(),
        LabelStep label => label.Values.Select(one => one.Value).OfType<PlacedText>(),
        ArgStep arg => arg.Values.Select(one => one.Value).OfType<PlacedText>(),
        ListStep list => list.Values,
        TextStep { Source.Name: not "MAINTAINER" } text => [text.Value],
        RunStep { Command: { IsShellForm: true, Documents.Count: 0 } command } when !SetsVariables(command.Text.Text) => [command.Text],
        _ => [],
    };

    // A script that sets variables of its own may set this one.
    static bool SetsVariables(string script) => script.Contains("read ", StringComparison.Ordinal) || script.Contains("eval", StringComparison.Ordinal) || script.Contains("for ", StringComparison.Ordinal)
        || script.Contains("export ", StringComparison.Ordinal) || script.AsSpan().ContainsAny("=") && VariableUse.In(script).Any(use => script.Contains($"{use.Name}=", StringComparison.Ordinal));
}
