namespace Plimsoll.Engine.Advisories.Severities;

/// <summary>CVSS 3.0 and 3.1 (FIRST, specification documents, 7.1 and 7.4, and 8.1 of 3.0). Their base scores differ in how they are rounded up.</summary>
internal static class Cvss3
{
    public static CvssMetrics Metrics { get; } = new(
        "AV:N,A,L,P AC:L,H PR:N,L,H UI:N,R S:U,C C:N,L,H I:N,L,H A:N,L,H",
        "E:X,U,P,F,H RL:X,O,T,W,U RC:X,U,R,C CR:X,L,M,H IR:X,L,M,H AR:X,L,M,H MAV:X,N,A,L,P MAC:X,L,H MPR:X,N,L,H MUI:X,N,R MS:X,U,C MC:X,N,L,H MI:X,N,L,H MA:X,N,L,H");

    public static decimal Base(IReadOnlyDictionary<string, string> vector, Func<decimal, decimal> roundUp)
    {
        var isChanged = vector["S"] == "C";
        var loss = 1 - (1 - Impact(vector["C"])) * (1 - Impact(vector["I"])) * (1 - Impact(vector["A"]));
        var impact = isChanged ? 7.52m * (loss - 0.029m) - 3.25m * Power15(loss - 0.02m) : 6.42m * loss;
        if (impact <= 0)
            return 0;
        var exploitability = 8.22m
            * vector["AV"] switch { "N" => 0.85m, "A" => 0.62m, "L" => 0.55m, _ => 0.2m }
            * vector["AC"] switch { "L" => 0.77m, _ => 0.44m }
            * vector["PR"] switch { "N" => 0.85m, "L" => isChanged ? 0.68m : 0.62m, _ => isChanged ? 0.5m : 0.27m }
            * vector["UI"] switch { "N" => 0.85m, _ => 0.62m };
        return roundUp(Math.Min(isChanged ? 1.08m * (impact + exploitability) : impact + exploitability, 10));
    }

    /// <summary>The smallest number with one digit that is not below.</summary>
    public static decimal RoundUp30(decimal value) => Math.Ceiling(value * 10) / 10;

    /// <summary>What lies beyond the fifth digit is no longer seen (3.1, appendix A).</summary>
    public static decimal RoundUp31(decimal value) => RoundUp30(Math.Round(value, 5, MidpointRounding.AwayFromZero));

    static decimal Impact(string value) => value switch { "H" => 0.56m, "L" => 0.22m, _ => 0m };

    static decimal Power15(decimal value)
    {
        var (power2, power4) = (value * value, value * value * value * value);
        return power4 * power4 * power4 * power2 * value;
    }
}
