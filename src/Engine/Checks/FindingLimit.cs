using System.Globalization;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

/// <summary>Keeps a check from drowning the rest: the first findings are named, the others counted. Memory stays bounded whatever the image.</summary>
internal static class FindingLimit
{
    public const int PerCheck = 100;

    /// <summary>At most <see cref="PerCheck"/> findings in order, and one more for the rest.</summary>
    public static IEnumerable<Finding> Apply(CheckInfo check, IEnumerable<Evidence> evidence)
    {
        var named = new List<Finding>();
        var (more, bytes, severity) = (0, (long?)null, Severity.Info);
        foreach (var item in evidence)
        {
            named.Add(Name(check, item));
            if (named.Count >= PerCheck * 10)
                Trim();
        }
        Trim();
        if (more > 0)
            named.Add(Name(check, new Evidence($"and {more.ToString("N0", CultureInfo.InvariantCulture)} more", Bytes: bytes, Severity: severity)));
        return named;

        void Trim()
        {
            named.Sort(Order);
            foreach (var rest in named.Skip(PerCheck))
                (more, bytes, severity) = (more + 1, rest.Bytes is { } size ? (bytes ?? 0) + size : bytes, Worse(rest.Severity, severity));
            if (named.Count > PerCheck)
                named.RemoveRange(PerCheck, named.Count - PerCheck);
        }
    }

    static Finding Name(CheckInfo check, Evidence item) =>
        new(check.Id, item.Severity ?? check.Severity, check.Title, item.Text, item.Layer, item.Path, item.Bytes, check.Remedy, check.Code);

    static int Order(Finding a, Finding b) => Unequal(b.Severity.CompareTo(a.Severity))
        ?? Unequal((a.Layer ?? -1).CompareTo(b.Layer ?? -1))
        ?? Unequal(string.CompareOrdinal(a.Path, b.Path))
        ?? string.CompareOrdinal(a.Evidence, b.Evidence);

    static Severity Worse(Severity a, Severity b) => a > b ? a : b;

    static int? Unequal(int order) => order == 0 ? null : order;
}
