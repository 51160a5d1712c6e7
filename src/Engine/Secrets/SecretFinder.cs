using System.Globalization;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets;

/// <summary>The secrets of an image's configuration: in its environment and in the history of its build.</summary>
internal static class SecretFinder
{
    /// <summary>The environment in its order, then the history from its first step. Values are masked.</summary>
    public static IReadOnlyList<SecretReport> Find(InspectedImage image) => [.. InEnv(image), .. InHistory(image)];

    public static IEnumerable<SecretReport> InEnv(InspectedImage image) =>
        from variable in image.Config.Env
        from hit in SecretText.FindIn(variable.Key, variable.Value)
        select Report(hit, $"env {variable.Key}", null);

    /// <summary>What the environment still shows is not said twice: only what the history alone keeps is listed.</summary>
    public static IEnumerable<SecretReport> InHistory(InspectedImage image)
    {
        var shown = image.Config.Env.SelectMany(variable => SecretText.FindIn(variable.Key, variable.Value)).Select(hit => hit.Value)
            .ToHashSet(StringComparer.Ordinal);
        return from step in HistoryStep.Of(image)
               from hit in SecretText.Find(step.CreatedBy)
               where step.Instruction.Verb != "ENV" || !shown.Contains(hit.Value)
               select Report(hit, string.Create(CultureInfo.InvariantCulture,
                   $"history step {step.Number}{(hit.Name is null ? "" : " " + hit.Name)}"), step.Layer);
    }

    static SecretReport Report(SecretHit hit, string location, int? layer) =>
        new(hit.Rule.Id, SecretValues.IsPlaceholder(hit.Value)
            ? hit.Rule.Title + " (a well-known default)" : hit.Rule.Title, hit.Severity, location, Path: null, Line: null, layer, RemovedIn: null,
            SecretMask.MaskValue(hit.Value));
}
