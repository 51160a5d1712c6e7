namespace Plimsoll.Engine.Advisories.Severities;

/// <summary>The metrics of a version of CVSS, and the values of each.</summary>
/// <param name="required">Such as <c>AV:N,A,L,P AC:L,H</c>.</param>
/// <param name="optional">Metrics that a vector may leave out.</param>
internal sealed class CvssMetrics(string required, string optional)
{
    /// <summary>No vector with all metrics of any version comes near.</summary>
    const int Longest = 512;

    readonly string[] _required = [.. Split(required).Select(metric => metric.Key)];
    readonly Dictionary<string, string[]> _values = Split(required).Concat(Split(optional)).ToDictionary(StringComparer.Ordinal);

    /// <summary>The values by metric; null where it is no vector. The order of metrics, which 4.0 fixes and many do not keep, is no matter.</summary>
    public IReadOnlyDictionary<string, string>? Parse(string vector)
    {
        if (vector.Length > Longest)
            return null;
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in vector.Split('/'))
            if (part.Split(':') is not [var metric, var value] || !_values.TryGetValue(metric, out var known) || !known.Contains(value) || !given.TryAdd(metric, value))
                return null;
        return _required.All(given.ContainsKey) ? given : null;
    }

    static IEnumerable<KeyValuePair<string, string[]>> Split(string metrics) =>
        from metric in metrics.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let parts = metric.Split(':')
        select KeyValuePair.Create(parts[0], parts[1].Split(','));
}
