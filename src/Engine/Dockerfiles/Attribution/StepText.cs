using System.Text.RegularExpressions;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Dockerfiles.Attribution;

/// <summary>An instruction in one line, for a report.</summary>
internal static partial class StepText
{
    const int Most = 200;

    /// <summary>Values of variables are left out, and whatever else looks like a secret is masked.</summary>
    public static string Of(BuildStep step)
    {
        var one = step.Source;
        var values = step switch { ArgStep arg => arg.Values, EnvStep env => env.Values, _ => null };
        var arguments = values is null ? one.Arguments.Text : string.Join(' ', values.Select(value => value.Name.Text));
        var flags = string.Concat(one.Flags.Select(flag => $"--{flag.Name}{(flag.Value is null ? "" : $"={flag.Value}")} "));
        var text = Spaces().Replace(Cut($"{one.Name} {flags}{arguments}", Most * 4), " ");
        return Cut(SecretMask.Mask(text), Most);
    }

    static string Cut(string text, int most) => text.Length <= most ? text : $"{text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)]}...";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
