namespace Plimsoll.Engine.Advisories.Severities;

/// <summary>Vectors that are equally bad in each of six ways (CVSS 4.0 specification, tables 24 to 29).</summary>
internal readonly record struct MacroVector(int Eq1, int Eq2, int Eq3, int Eq4, int Eq5, int Eq6)
{
    /// <summary>One direction in which a vector may be less bad than the worst of its macrovector.</summary>
    /// <param name="Lower">The score of the next lower macrovector; null where there is none.</param>
    /// <param name="Metrics">Those that make the difference.</param>
    /// <param name="Worst">The sum of their levels in the worst vectors; where there are several, it is the same in all.</param>
    /// <param name="Depth">Steps from the worst vector to the next lower macrovector (table 30).</param>
    internal readonly record struct Direction(decimal? Lower, string[] Metrics, int Worst, int Depth);

    public static MacroVector Of(Func<string, char> value)
    {
        var (attack, rights, user) = (value("AV"), value("PR"), value("UI"));
        var (vc, vi, va) = (value("VC") == 'H', value("VI") == 'H', value("VA") == 'H');
        var (sc, si, sa) = (value("SC"), value("SI"), value("SA"));
        return new(
            attack == 'N' && rights == 'N' && user == 'N' ? 0 : attack != 'P' && (attack == 'N' || rights == 'N' || user == 'N') ? 1 : 2,
            value("AC") == 'L' && value("AT") == 'N' ? 0 : 1,
            vc && vi ? 0 : vc || vi || va ? 1 : 2,
            si == 'S' || sa == 'S' ? 0 : sc == 'H' || si == 'H' || sa == 'H' ? 1 : 2,
            value("E") switch { 'A' => 0, 'P' => 1, _ => 2 },
            vc && value("CR") == 'H' || vi && value("IR") == 'H' || va && value("AR") == 'H' ? 0 : 1);
    }

    public decimal Score => MacroVectorScores.Of(this)!.Value;

    public IEnumerable<Direction> Directions()
    {
        yield return new(MacroVectorScores.Of(this with { Eq1 = Eq1 + 1 }), ["AV", "PR", "UI"], Eq1 switch { 0 => 0, 1 => 1, _ => 3 }, Eq1 switch { 0 => 1, 1 => 4, _ => 5 });
        yield return new(MacroVectorScores.Of(this with { Eq2 = Eq2 + 1 }), ["AC", "AT"], Eq2, Eq2 + 1);
        yield return new(LowerImpact, ["VC", "VI", "VA", "CR", "IR", "AR"],
            (Eq3, Eq6) switch { (0, 0) => 0, (1, 0) => 1, _ => 3 },
            (Eq3, Eq6) switch { (0, 0) => 7, (0, 1) => 6, (1, _) => 8, _ => 10 });
        yield return new(MacroVectorScores.Of(this with { Eq4 = Eq4 + 1 }), ["SC", "SI", "SA"], Eq4 switch { 0 => 1, 1 => 3, _ => 6 }, Eq4 switch { 0 => 6, 1 => 5, _ => 4 });
        // All vectors of an EQ5 are equally bad.
        yield return new(MacroVectorScores.Of(this with { Eq5 = Eq5 + 1 }), [], 0, 1);
    }

    // EQ3 and EQ6 go down together: where both ways are open, it is the one to the higher score.
    decimal? LowerImpact => (Eq3, Eq6) switch
    {
        (0, 0) => Math.Max(MacroVectorScores.Of(this with { Eq6 = 1 })!.Value, MacroVectorScores.Of(this with { Eq3 = 1 })!.Value),
        (1, 0) => MacroVectorScores.Of(this with { Eq6 = 1 }),
        _ => MacroVectorScores.Of(this with { Eq3 = Eq3 + 1 }),
    };
}
