namespace Plimsoll.Engine.Advisories.Severities;

/// <summary>CVSS 2.0 (FIRST, "A Complete Guide to the Common Vulnerability Scoring System Version 2.0", 3.2.1).</summary>
internal static class Cvss2
{
    public static CvssMetrics Metrics { get; } = new(
        "AV:L,A,N AC:H,M,L Au:M,S,N C:N,P,C I:N,P,C A:N,P,C",
        "E:U,POC,F,H,ND RL:OF,TF,W,U,ND RC:UC,UR,C,ND CDP:N,L,LM,MH,H,ND TD:N,L,M,H,ND CR:L,M,H,ND IR:L,M,H,ND AR:L,M,H,ND");

    public static decimal Base(IReadOnlyDictionary<string, string> vector)
    {
        var impact = 10.41m * (1 - (1 - Impact(vector["C"])) * (1 - Impact(vector["I"])) * (1 - Impact(vector["A"])));
        var exploitability = 20
            * vector["AV"] switch { "L" => 0.395m, "A" => 0.646m, _ => 1.0m }
            * vector["AC"] switch { "H" => 0.35m, "M" => 0.61m, _ => 0.71m }
            * vector["Au"] switch { "M" => 0.45m, "S" => 0.56m, _ => 0.704m };
        return Math.Round((0.6m * impact + 0.4m * exploitability - 1.5m) * (impact == 0 ? 0 : 1.176m), 1, MidpointRounding.AwayFromZero);
    }

    static decimal Impact(string value) => value switch { "N" => 0m, "P" => 0.275m, _ => 0.660m };
}
