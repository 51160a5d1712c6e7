namespace Plimsoll.Engine.Dockerfiles;

/// <summary>How much a Dockerfile may hold. BuildKit refuses one of more than two megabytes; real ones are of some kilobytes.</summary>
internal static class DockerfileLimits
{
    /// <summary>Bytes of the file.</summary>
    public const int Bytes = 2 << 20;

    /// <summary>Bytes of a line, as BuildKit's scanner has it.</summary>
    public const int LineBytes = 65535;

    /// <summary>Stages of a file. Real ones have some dozen, and a stage may stand on all the others.</summary>
    public const int Stages = 1000;

    /// <summary>Characters that a substitution may make: a variable that names itself twice would double with each use.</summary>
    public const int Expanded = 1 << 20;

    /// <summary>Characters that all substitutions of a scope make together.</summary>
    public const long ExpandedInAll = 16L << 20;

    /// <summary>Characters of a reason: what is quoted in it may be as long as the file.</summary>
    public const int Reason = 500;

    /// <summary>What it costs to make a pattern that replaces, in the steps of others.</summary>
    public const long PatternMade = 10_000;

    /// <summary>Steps that all patterns of a file take together: about a second.</summary>
    public const long PatternSteps = 200_000_000;

    /// <summary>Substitutions inside of one another.</summary>
    public const int Nested = 32;
}
