namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>In what an order of the form of SemVer departs from Semantic Versioning 2.0.0.</summary>
[Flags]
internal enum SemVerRules
{
    None = 0,

    /// <summary>A <c>v</c> may stand in front.</summary>
    V = 1,

    /// <summary><c>1</c> and <c>1.2</c> are versions, with zeros for the rest.</summary>
    Short = 2,

    /// <summary>Numbers may begin with 0, as those of dates do.</summary>
    LeadingZeros = 4,

    /// <summary>What stands behind <c>+</c> is compared too.</summary>
    Build = 8,

    /// <summary>What stands behind <c>-</c> is the revision of a package, and newer than none.</summary>
    Revision = 16,
}
