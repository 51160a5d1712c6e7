namespace Plimsoll.Engine.Images;

/// <summary>
/// The configuration of an image (OCI image specification, config.md, with Docker's health check).
/// </summary>
/// <param name="Env">Name and value, in the order of the image; a variable without <c>=</c> has an empty value.</param>
/// <param name="HealthCheck">Docker's extension to the specification; null when the image says nothing.</param>
public sealed record ImageConfig(
    Platform Platform,
    DateTimeOffset? Created,
    string User,
    IReadOnlyList<string> Entrypoint,
    IReadOnlyList<string> Cmd,
    IReadOnlyList<KeyValuePair<string, string>> Env,
    IReadOnlyList<string> ExposedPorts,
    IReadOnlyList<string> Volumes,
    IReadOnlyDictionary<string, string> Labels,
    string WorkingDir,
    string? StopSignal,
    HealthCheck? HealthCheck,
    IReadOnlyList<Digest> DiffIds,
    IReadOnlyList<HistoryEntry> History)
{
    /// <summary>The instruction that made the layer at <paramref name="layer"/> (0 is the lowest), or null where the history does not say.</summary>
    public string? CommandOf(int layer) => History.Where(entry => !entry.EmptyLayer).ElementAtOrDefault(layer)?.CreatedBy;
}

/// <summary>Docker's <c>HEALTHCHECK</c>. Times are null where the image leaves them to the engine's default.</summary>
/// <param name="Test">Empty: inherit; <c>["NONE"]</c>: switched off; <c>["CMD", …]</c> or <c>["CMD-SHELL", …]</c>.</param>
public sealed record HealthCheck(IReadOnlyList<string> Test, TimeSpan? Interval, TimeSpan? Timeout, TimeSpan? StartPeriod, int? Retries)
{
    /// <summary>Whether a command is run at all.</summary>
    public bool IsActive => Test is ["CMD" or "CMD-SHELL", _, ..];
}

/// <summary>One step of the image's history. An empty layer changed the configuration alone.</summary>
public sealed record HistoryEntry(string CreatedBy, bool EmptyLayer, DateTimeOffset? Created, string? Comment);
