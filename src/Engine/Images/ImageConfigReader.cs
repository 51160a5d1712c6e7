using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images;

/// <summary>Turns a config blob into an <see cref="ImageConfig"/> (OCI image specification, config.md).</summary>
internal static class ImageConfigReader
{
    public static ImageConfig Read(ReadOnlySpan<byte> json)
    {
        var document = Documents.Read(json, Documents.Default.ConfigDocument, "the image config");
        if (document.Rootfs?.DiffIds is not { } diffIds)
            throw new UnreadableImageException("the config has no rootfs.diff_ids", "it is not the config of a container image");
        var config = document.Config;
        return new ImageConfig(
            PlatformOf(document),
            document.Created,
            config?.User ?? "",
            config?.Entrypoint ?? [],
            config?.Cmd ?? [],
            [.. (config?.Env ?? []).Where(variable => variable is not null).Select(Variable)],
            Names(config?.ExposedPorts),
            Names(config?.Volumes),
            (config?.Labels ?? new Dictionary<string, string>()).OrderBy(label => label.Key, StringComparer.Ordinal).ToDictionary(),
            config?.WorkingDir ?? "",
            config?.StopSignal,
            config?.Healthcheck is { Test.Count: > 0 } health ? HealthOf(health) : null,
            [.. diffIds.Select(id => Digest.TryParse(id) ?? throw new UnreadableImageException($"the config has the diff id '{id}', which is no digest"))],
            [.. (document.History ?? []).Where(step => step is not null).Select(step => new HistoryEntry(step!.CreatedBy ?? "", step.EmptyLayer, step.Created, step.Comment))]);
    }

    // It is shown everywhere, so that it must be a platform and no text of the image's choice.
    static Platform PlatformOf(ConfigDocument document)
    {
        var written = $"{Or(document.Os, "linux")}/{Or(document.Architecture, "unknown")}{(string.IsNullOrEmpty(document.Variant) ? "" : "/" + document.Variant)}";
        return Platform.TryParse(written, null, out var platform) ? platform : throw new UnreadableImageException("the config names a platform that cannot be one");
    }

    static string Or(string? text, string otherwise) => string.IsNullOrEmpty(text) ? otherwise : text;

    static KeyValuePair<string, string> Variable(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? new(text[..at], text[(at + 1)..]) : new(text, "");

    static List<string> Names<T>(IReadOnlyDictionary<string, T>? set) => [.. (set?.Keys ?? []).Order(StringComparer.Ordinal)];

    static HealthCheck HealthOf(HealthDocument health) =>
        new([.. health.Test!.Select(word => word ?? "")], Time(health.Interval), Time(health.Timeout), Time(health.StartPeriod), health.Retries is 0 ? null : health.Retries);

    static TimeSpan? Time(long? nanoseconds) => nanoseconds is null or 0 ? null : TimeSpan.FromTicks(nanoseconds.Value / 100);
}
