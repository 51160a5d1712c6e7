namespace Plimsoll.Engine.Vex;

/// <summary>What is stated of a vulnerability in a product, the more cautious later (CISA, "Minimum Requirements for VEX", status).</summary>
public enum VexStatus
{
    /// <summary>The product has it, and it does no harm there, or does not have it at all.</summary>
    NotAffected,

    /// <summary>This version of the product has it no more.</summary>
    Fixed,

    /// <summary>Nobody knows yet.</summary>
    UnderInvestigation,

    /// <summary>Something is to be done about it.</summary>
    Affected,
}

/// <summary>The statuses as people and as documents write them.</summary>
public static class VexStatusWords
{
    /// <summary>As in "not affected".</summary>
    public static string Words(this VexStatus status) => status switch
    {
        VexStatus.NotAffected => "not affected",
        VexStatus.Fixed => "fixed",
        VexStatus.UnderInvestigation => "under investigation",
        _ => "affected",
    };
}
