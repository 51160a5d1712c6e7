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
    static bool SetsVariables(string script) => script.Contains("read ", StringComparison.Ordinal)
        || script.Contains("eval", StringComparison.Ordinal) || script.Contains("for ", StringComparison.Ordinal)
        || script.Contains("export ", StringComparison.Ordinal)
        || Assigned(script) is { Count: > 0 } assigned && VariableUse.In(script).Any(use => assigned.Contains(use.Name));

    static HashSet<string> Assigned(string script)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var at = script.IndexOf('=', StringComparison.Ordinal); at >= 0; at = script.IndexOf('=', at + 1))
        {
            var start = at;
            while (start > 0 && (char.IsAsciiLetterOrDigit(script[start - 1]) || script[start - 1] == '_'))
                start--;
            names.Add(script[start..at]);
        }
        return names;
    }
}
