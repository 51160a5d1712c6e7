namespace Plimsoll.Engine.Advisories.Severities;

/// <summary>
/// CVSS 4.0 (FIRST, specification document, 8.2 and 8.3). A vector belongs to one of 270 macrovectors, each with a score that experts gave to
/// its worst vector. Others lose of it in each of five directions, by how far they are on the way to the next lower macrovector there.
/// </summary>
internal static class Cvss4
{
    public static CvssMetrics Metrics { get; } = new(
        "AV:N,A,L,P AC:L,H AT:N,P PR:N,L,H UI:N,P,A VC:H,L,N VI:H,L,N VA:H,L,N SC:H,L,N SI:H,L,N SA:H,L,N",
        "E:X,A,P,U CR:X,H,M,L IR:X,H,M,L AR:X,H,M,L MAV:X,N,A,L,P MAC:X,L,H MAT:X,N,P MPR:X,N,L,H MUI:X,N,P,A MVC:X,H,L,N MVI:X,H,L,N MVA:X,H,L,N "
        + "MSC:X,H,L,N MSI:X,S,H,L,N MSA:X,S,H,L,N S:X,N,P AU:X,N,Y R:X,A,U,I V:X,D,C RE:X,L,M,H U:X,Clear,Green,Amber,Red");

    public static decimal Score(IReadOnlyDictionary<string, string> vector)
    {
        if (ImpactMetrics.All(metric => Effective(vector, metric) == 'N'))
            return 0;
        var macro = MacroVector.Of(metric => Effective(vector, metric));
        var highest = macro.Score;
        decimal lost = 0;
        var directions = 0;
        foreach (var (lower, metrics, worst, depth) in macro.Directions())
        {
            if (lower is not { } below)
                continue;
            directions++;
            var distance = metrics.Sum(metric => LevelOf(metric, Effective(vector, metric))) - worst;
            lost += (highest - below) * distance / depth;
        }
        return Math.Round(directions == 0 ? highest : Math.Clamp(highest - lost / directions, 0, 10), 1, MidpointRounding.AwayFromZero);
    }

    static readonly string[] ImpactMetrics = ["VC", "VI", "VA", "SC", "SI", "SA"];

    // A modified metric stands in for the base metric. What is not said is taken to be the worst (specification, tables 12 and 13).
    static char Effective(IReadOnlyDictionary<string, string> vector, string metric) =>
        Given(vector, 'M' + metric) ?? Given(vector, metric) ?? (metric == "E" ? 'A' : 'H');

    static char? Given(IReadOnlyDictionary<string, string> vector, string metric) => vector.TryGetValue(metric, out var value) && value != "X" ? value[0] : null;

    // How many steps a value is from the worst that its metric can have.
    static int LevelOf(string metric, char value) => metric switch
    {
        "AV" => "NALP".IndexOf(value),
        "PR" => "NLH".IndexOf(value),
        "UI" => "NPA".IndexOf(value),
        "AC" => "LH".IndexOf(value),
        "AT" => "NP".IndexOf(value),
        "SC" or "SI" or "SA" => "SHLN".IndexOf(value),
        "CR" or "IR" or "AR" => "HML".IndexOf(value),
        _ => "HLN".IndexOf(value),
    };
}
