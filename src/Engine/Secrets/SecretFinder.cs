using System.Globalization;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Secrets;

/// <summary>The secrets of an image: in its environment, in the history of its build and in the files of every layer, those that a later layer deleted too.</summary>
internal static class SecretFinder
{
    /// <summary>The environment in its order, then the history from its first step, then the files by path. Values are masked.</summary>
    public static IReadOnlyList<SecretReport> Find(InspectedImage image) => [.. InEnv(image), .. InHistory(image), .. InFiles(image)];

    public static IEnumerable<SecretReport> InEnv(InspectedImage image) =>
        from variable in image.Config.Env
        from hit in SecretText.FindIn(variable.Key, variable.Value)
        select Report(hit, SecretLocation.OfVariable(variable.Key), null);

    /// <summary>What the environment still shows is not said twice: only what the history alone keeps is listed.</summary>
    public static IEnumerable<SecretReport> InHistory(InspectedImage image)
    {
        var shown = image.Config.Env.SelectMany(variable => SecretText.FindIn(variable.Key, variable.Value)).Select(hit => hit.Value)
            .ToHashSet(StringComparer.Ordinal);
        return from step in image.Steps
               from hit in step.Secrets
               where step.Instruction.Verb != "ENV" || !shown.Contains(hit.Value)
               select Report(hit, SecretLocation.OfStep(step.Number, hit.Name), step.Layer);
    }

    /// <summary>A value that several layers have at one path is said once, of the first; it is removed when the last of them is hidden.</summary>
    public static IEnumerable<SecretReport> InFiles(InspectedImage image) =>
        InFiles(image, new SecretDoubts(new PackagedFiles(image.Layers)));

    static IEnumerable<SecretReport> InFiles(InspectedImage image, SecretDoubts doubts) =>
        from file in Sightings.Of(image.Layers, image.Tree, layer => layer.Secrets).OrderBy(file => file.Key, StringComparer.Ordinal)
        from known in file.Value.SelectMany(version => version.Evidence, (version, secret) => (Version: version, Secret: secret))
            .GroupBy(seen => (seen.Secret.Rule, seen.Secret.Value))
        let first = known.First()
        select Report(file.Key, first.Secret, doubts.Of(file.Key, first.Secret, first.Version.Layer), first.Version.Layer, known.Last().Version.HiddenBy);

    static SecretReport Report(string path, FileSecret secret, string? doubt, int layer, int? removedIn) => new(
        secret.Rule.Id, doubt is null ? secret.Rule.Title : $"{secret.Rule.Title} ({doubt})",
        doubt is not null && secret.Rule.Severity > Severity.Low ? Severity.Low : secret.Rule.Severity,
        secret.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"{path}:{line}") : path, path, secret.Line, layer, removedIn, secret.Masked);

    static SecretReport Report(SecretHit hit, string location, int? layer) =>
        new(hit.Rule.Id, SecretValues.IsPlaceholder(hit.Value)
            ? hit.Rule.Title + " (a well-known default)" : hit.Rule.Title, hit.Severity, location, Path: null, Line: null, layer, RemovedIn: null,
            SecretMask.MaskValue(hit.Value));
}
