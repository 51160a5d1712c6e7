using System.Buffers;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Secrets;

/// <summary>
/// Makes the texts of one image fit to be shown: what one of them tells to be secret is masked in all of them. A password that a variable
/// holds is often said again, without its name, in a command or a label.
/// </summary>
internal sealed class ImageMask
{
    /// <summary>A shorter value may be a part of any word.</summary>
    const int Telling = 8;

    /// <summary>More than an image has that is not made to keep its reader busy.</summary>
    const int Most = 1_000;

    readonly List<string> _values;
    readonly SearchValues<string> _any;

    public ImageMask(ImageConfig config, IReadOnlyList<HistoryStep> steps)
    {
        var hits = config.Env.Concat(config.Labels).SelectMany(named => SecretText.FindIn(named.Key, named.Value))
            .Concat(steps.SelectMany(step => step.Secrets))
            .Concat(SecretText.Find(string.Join(' ', [.. config.Entrypoint, .. config.Cmd]))).Concat(SecretText.Find(string.Join(' ', config.HealthCheck?.Test ?? [])));
        _values = [.. hits.Select(hit => hit.Value).Where(value => value.Length >= Telling && !SecretValues.IsExample(value)).Distinct(StringComparer.Ordinal)
            .Take(Most).OrderByDescending(value => value.Length)];
        _any = SearchValues.Create([.. _values], StringComparison.Ordinal);
    }

    public string Mask(string text) => Hide(SecretMask.Mask(text));

    public IReadOnlyList<string> MaskWords(IReadOnlyList<string> words) => [.. SecretMask.MaskWords(words).Select(Hide)];

    public string MaskNamed(string name, string value) => Hide(SecretMask.MaskNamed(name, value));

    string Hide(string text) => text.AsSpan().ContainsAny(_any)
        ? _values.Aggregate(text, (masked, value) => masked.Replace(value, SecretMask.MaskValue(value), StringComparison.Ordinal)) : text;
}
