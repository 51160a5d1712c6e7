namespace Plimsoll.Engine.Advisories.Feeds;

/// <summary>How much of a mirror is borne.</summary>
public sealed record MirrorLimits
{
    /// <summary>How long it may say nothing, before its answer and in the middle of it.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it is left alone before it is asked a second time.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long one export may take.</summary>
    public TimeSpan Export { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Bytes of one export. The largest public ones have some hundred millions.</summary>
    public long ExportBytes { get; init; } = 4L << 30;
}
