using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Dockerfiles.Attribution;

/// <summary>
/// Puts what was found in an image on the instruction that brought it: the one that made its layer or its line of the history, or that set what is
/// wrong in the configuration. Where that is not known for sure it stays with the image.
/// </summary>
internal sealed class FindingPlaces
{
    const int InBase = -1, InImage = -2;

    /// <summary>What is wrong with a setting, and the instruction that sets it. The last one counts.</summary>
    static readonly Dictionary<string, string> Set = new(StringComparer.Ordinal)
    {
        ["non-root-user"] = "USER", ["non-numeric-user"] = "USER", ["healthcheck"] = "HEALTHCHECK", ["unreachable-healthcheck-tool"] = "HEALTHCHECK",
    };

    /// <summary>Of these each one adds to those before: which of several is wrong is not known.</summary>
    static readonly Dictionary<string, string> Added = new(StringComparer.Ordinal)
    {
        ["privileged-port"] = "EXPOSE", ["sensitive-volume"] = "VOLUME", ["relative-workdir"] = "WORKDIR",
    };

    readonly List<(BuildStep Step, int Number)> _steps;
    readonly Dictionary<int, int> _ofLayer = [], _ofHistory = [];
    readonly Dictionary<string, SecretReport> _told = new(StringComparer.Ordinal);
    readonly ILookup<int, Finding> _findings;
    readonly ILookup<int, SecretReport> _secrets;

    /// <param name="lines">Of the history, one for each step; null where the image has not that step.</param>
    public FindingPlaces(ImageReport report, IReadOnlyList<WrittenStep> steps, IReadOnlyList<HistoryStep?> lines)
    {
        _steps = [.. steps.Select((step, number) => (step.Step, number)).Where(step => lines[step.number] is not null)];
        foreach (var (_, number) in _steps)
        {
            _ofHistory[lines[number]!.Number] = number;
            if (lines[number]!.Layer is { } layer)
                _ofLayer[layer] = number;
        }
        foreach (var secret in report.Secrets.Where(secret => secret.Path is null))
            _told[secret.Evidence] = secret;
        _secrets = report.Secrets.ToLookup(Of);
        _findings = report.Findings.ToLookup(Of);
    }

    /// <summary>What an instruction brought.</summary>
    public FoundThere On(int instruction) => new([.. _findings[instruction]], [.. _secrets[instruction]]);

    /// <summary>What is in layers that none of them made.</summary>
    public FoundThere OfBase => On(InBase);

    /// <summary>What is of no layer and of no instruction that is known.</summary>
    public FoundThere OfImage => On(InImage);

    int Of(Finding finding) => finding.Layer is { } layer ? OfLayer(layer) : _told.TryGetValue(finding.Evidence, out var secret) ? Of(secret)
        : Set.TryGetValue(finding.Check, out var setter) ? Last(step => step.Source.Name == setter)
        : Added.TryGetValue(finding.Check, out var adder) && _steps.Count(step => step.Step.Source.Name == adder) == 1
            ? Last(step => step.Source.Name == adder) : InImage;

    int Of(SecretReport secret) => secret.Layer is { } layer ? OfLayer(layer)
        : SecretLocation.Step(secret.Location) is { } number ? _ofHistory.GetValueOrDefault(number, InImage)
        : SecretLocation.Variable(secret.Location) is { } name
            ? Last(step => step is EnvStep env && env.Values.Any(value => value.Name.Text.Trim('"', '\'') == name)) : InImage;

    int OfLayer(int layer) => _ofLayer.GetValueOrDefault(layer, InBase);

    int Last(Predicate<BuildStep> condition) => _steps.FindLastIndex(step => condition(step.Step)) is >= 0 and var at ? _steps[at].Number : InImage;
}

/// <summary>What a report finds in one place, in its order.</summary>
/// <param name="Secrets">Masked.</param>
public sealed record FoundThere(IReadOnlyList<Finding> Findings, IReadOnlyList<SecretReport> Secrets)
{
    public static FoundThere Nothing { get; } = new([], []);
}
