namespace Plimsoll.Engine.Advisories.Records;

/// <summary>How much a record may hold. A record beyond them is rejected; real ones stay far below.</summary>
internal static class AdvisoryLimits
{
    /// <summary>Bytes of one record. The largest known are some megabytes: kernels with every version spelt out.</summary>
    public const int RecordBytes = 16 << 20;

    /// <summary>Characters of an id.</summary>
    public const int IdLength = 128;

    /// <summary>Characters of a name, a version, an ecosystem, a vector.</summary>
    public const int TextLength = 1024;

    /// <summary>Aliases of a record, and ids that it follows from. Updates of a distribution's kernel name some hundred.</summary>
    public const int Names = 5000;

    /// <summary>Characters of a summary that are kept.</summary>
    public const int SummaryLength = 500;

    /// <summary>Items and members of one record that are looked at, all together: what is skipped does not count. Each costs some hundred bytes of memory at most.</summary>
    public const int Entries = 500_000;
}
